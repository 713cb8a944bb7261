"""C, a daemon as of old, as root at a port below 1024, that forks, becomes a user, writes its file of a process and its log, which it opens anew: stamps by TCP."""
import os
import stat
import time

from client import has, read, run, talk

packages = 'gcc,libc6-dev'
control = 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'
files = {
    '/etc/systemd/system/timecardd.service': """[Unit]
Description=Time card daemon
After=network.target remote-fs.target nss-lookup.target

[Service]
Type=forking
PIDFile=/var/run/timecardd.pid
EnvironmentFile=-/etc/default/timecardd
ExecStartPre=/usr/local/sbin/timecardd -t
ExecStart=/usr/local/sbin/timecardd $OPTIONS
ExecStartPost=/bin/sh -c 'echo "$MAINPID" > /var/lib/timecard/last-start; chmod 644 /var/lib/timecard/last-start'
ExecReload=/bin/kill -HUP $MAINPID
ExecStop=/usr/local/bin/timecard-stop $MAINPID
Restart=on-abnormal

[Install]
WantedBy=multi-user.target
""",
    '/etc/default/timecardd': 'OPTIONS="-p 705 -u daemon"\n',
    '/usr/local/bin/timecard-stop': '#!/bin/sh\ncp -p /var/log/timecardd.log /var/lib/timecard/log-at-stop\nkill -TERM "$1"\n',
    '/usr/src/timecardd.c': r"""
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t again;
static void hup(int signal) { again = 1; }
static const char *logfile = "/var/log/timecardd.log";
static FILE *out;

static void reopen(void) {
  if (out) fclose(out);
  out = fopen(logfile, "a");
  if (!out) syslog(LOG_ERR, "%s: %m", logfile);
}

int main(int count, char **words) {
  int port = 7050, option;
  const char *user = "nobody";
  while ((option = getopt(count, words, "p:u:t")) != -1) {
    if (option == 'p') port = atoi(optarg);
    if (option == 'u') user = optarg;
    if (option == 't') return 0;
  }
  openlog("timecardd", LOG_PID, LOG_DAEMON);
  struct passwd *who = getpwnam(user);
  if (!who) { fprintf(stderr, "no user %s\n", user); return 1; }
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 5)) { perror("bind"); return 1; }
  int file = open(logfile, O_WRONLY | O_CREAT | O_APPEND, 0640);
  if (file < 0 || fchown(file, who->pw_uid, 4)) { perror(logfile); return 1; }
  close(file);
  pid_t first = fork();
  if (first) {
    waitpid(first, NULL, 0);
    _exit(0);
  }
  setsid();
  pid_t child = fork();
  if (child) {
    FILE *pid = fopen("/var/run/timecardd.pid", "w");
    if (pid) { fprintf(pid, "%d\n", child); fclose(pid); }
    _exit(0);
  }
  if (chdir("/")) return 1;
  int null = open("/dev/null", O_RDWR);
  dup2(null, 0); dup2(null, 1); dup2(null, 2);
  umask(027);
  if (initgroups(user, who->pw_gid) || setgid(who->pw_gid) || setuid(who->pw_uid)) { syslog(LOG_ERR, "user: %m"); return 1; }
  struct sigaction action = {.sa_handler = hup};
  sigaction(SIGHUP, &action, NULL);
  reopen();
  syslog(LOG_INFO, "ready");
  for (;;) {
    int peer = accept(server, NULL, NULL);
    if (again) { again = 0; reopen(); }
    if (peer < 0) continue;
    char name[64] = "", line[200];
    ssize_t got = read(peer, name, sizeof name - 1);
    if (got > 0) name[strcspn(name, "\r\n")] = 0;
    time_t now = time(NULL);
    int length = snprintf(line, sizeof line, "%ld %d %s\n", (long)now, getuid(), name);
    if (out) { fputs(line, out); fflush(out); }
    if (write(peer, line, length) < 0) syslog(LOG_WARNING, "write: %m");
    close(peer);
  }
}
""",
}
seen = []


def prepare():
    run('sh', '-c', 'gcc -O2 -o /usr/local/sbin/timecardd /usr/src/timecardd.c; mkdir -p /var/lib/timecard', check=True)


def ask():
    word = f'w{time.monotonic_ns()}'
    talk(705, f'{word}\n'.encode(), f' 1 {word}'.encode())
    has(word, read('/var/log/timecardd.log'))
    kept = os.stat('/var/log/timecardd.log')
    assert kept.st_gid == 4 and stat.S_IMODE(kept.st_mode) == 0o640, kept
    pid = read('/var/run/timecardd.pid').strip()
    assert read('/var/lib/timecard/last-start').strip() == pid
    if pid not in seen:
        if seen:
            assert os.stat('/var/lib/timecard/log-at-stop').st_uid == 1
        seen.append(pid)
