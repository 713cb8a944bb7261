"""C, tells when it is ready and that it lives, a user of its own, reloads by its word: the time by UDP, in words of its settings."""
import time

from client import has, run, write

packages = 'gcc,libc6-dev,libsystemd-dev,socat'
control = 'InaccessiblePaths=/etc/heartbeatd.conf'
files = {
    '/etc/systemd/system/heartbeatd.service': """[Unit]
Description=Heartbeat
Documentation=man:heartbeatd(8)
After=network.target

[Service]
Type=notify-reload
User=heartbeat
RuntimeDirectory=heartbeatd
ExecStart=/usr/sbin/heartbeatd
WatchdogSec=5
Restart=on-failure
LimitCORE=infinity

[Install]
WantedBy=multi-user.target
""",
    '/etc/heartbeatd.conf': 'alive\n',
    '/usr/src/heartbeatd.c': r"""
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <time.h>
#include <unistd.h>

static char word[64];

static void load(void) {
  FILE *file = fopen("/etc/heartbeatd.conf", "r");
  if (!file || !fgets(word, sizeof word, file)) { perror("/etc/heartbeatd.conf"); exit(1); }
  word[strcspn(word, "\n")] = 0;
  fclose(file);
}

int main(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, NULL);
  load();
  int signals = signalfd(-1, &set, SFD_CLOEXEC);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  struct itimerspec every = {{1, 0}, {1, 0}};
  timerfd_settime(timer, 0, &every, NULL);
  int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(8716), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(udp, (struct sockaddr *)&at, sizeof at)) { perror("bind"); return 1; }
  FILE *state = fopen("/run/heartbeatd/started", "w");
  if (!state) { perror("state"); return 1; }
  fprintf(state, "%ld\n", (long)time(NULL));
  fclose(state);
  sd_journal_print(LOG_INFO, "heartbeat starts");
  sd_notify(0, "READY=1");
  for (;;) {
    struct pollfd all[] = {{signals, POLLIN}, {timer, POLLIN}, {udp, POLLIN}};
    if (poll(all, 3, -1) < 0) continue;
    if (all[0].revents) {
      struct signalfd_siginfo told;
      if (read(signals, &told, sizeof told) != sizeof told) continue;
      if (told.ssi_signo == SIGTERM) { sd_notify(0, "STOPPING=1"); return 0; }
      struct timespec now;
      clock_gettime(CLOCK_MONOTONIC, &now);
      sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", now.tv_sec * 1000000LL + now.tv_nsec / 1000);
      load();
      sd_notifyf(0, "READY=1\nSTATUS=says %s", word);
    }
    if (all[1].revents) {
      unsigned long long times;
      if (read(timer, &times, sizeof times) > 0) sd_notify(0, "WATCHDOG=1");
    }
    if (all[2].revents) {
      char asked[64], answer[160];
      struct sockaddr_in who;
      socklen_t size = sizeof who;
      ssize_t got = recvfrom(udp, asked, sizeof asked - 1, 0, (struct sockaddr *)&who, &size);
      if (got < 0) continue;
      asked[got] = 0;
      int length = snprintf(answer, sizeof answer, "%s %s %ld", asked, word, (long)time(NULL));
      sendto(udp, answer, length, 0, (struct sockaddr *)&who, size);
    }
  }
}
""",
}


def prepare():
    run('sh', '-c', 'useradd -r heartbeat; gcc -O2 -o /usr/sbin/heartbeatd /usr/src/heartbeatd.c -lsystemd', check=True)


def asked():
    return run('socat', '-t', '1', '-', 'UDP4:127.0.0.1:8716', input='me', check=True).stdout


def ask():
    word = f'w{time.monotonic_ns()}'
    write('/etc/heartbeatd.conf', f'{word}\n')
    run('systemctl', 'reload', 'heartbeatd', check=True)
    has(f'me {word}', asked())
    has(word, run('systemctl', 'show', '-P', 'StatusText', 'heartbeatd').stdout)
