"""C, a daemon as of old, as root, that becomes a user: its file of a process, a block of memory that others read, a lock in memory, a priority, its log."""
import os
import signal

from client import read, run

packages = 'tcc,libc6-dev'
control = 'InaccessiblePaths=/dev/shm'
files = {
    '/etc/systemd/system/metricsd.service': """[Unit]
Description=Figures for others
After=syslog.target

[Service]
Type=forking
PIDFile=/var/run/metricsd/metricsd.pid
ExecStart=/usr/local/sbin/metricsd -c /etc/metricsd.conf
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-abort

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/metricsd.c': r"""
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>
static void again(int s) { syslog(LOG_INFO, "again"); }
static void die(char *w) { perror(w); syslog(LOG_ERR, "%s: %m", w); exit(1); }
int main() {
  struct sched_param p = {.sched_priority = 1};
  struct passwd *u = getpwnam("daemon");
  struct rlimit l = {4096, 4096};
  openlog("metricsd", LOG_PID, LOG_DAEMON);
  mkdir("/var/run/metricsd", 0755);
  chown("/var/run/metricsd", u->pw_uid, u->pw_gid);
  FILE *log = fopen("/var/log/metricsd.log", "a");
  if (!log) die("log");
  if (daemon(0, 0)) die("daemon");
  FILE *pid = fopen("/var/run/metricsd/metricsd.pid", "w");
  if (!pid) die("pid");
  fprintf(pid, "%d\n", getpid());
  fclose(pid);
  if (setrlimit(RLIMIT_NOFILE, &l)) die("limit");
  if (mlockall(MCL_CURRENT)) die("lock");
  if (sched_setscheduler(0, SCHED_RR, &p)) die("schedule");
  setpriority(PRIO_PROCESS, 0, -5);
  if (initgroups(u->pw_name, u->pw_gid) || setgid(u->pw_gid) || setuid(u->pw_uid)) die("user");
  shm_unlink("/metricsd");
  int f = shm_open("/metricsd", O_RDWR | O_CREAT, 0644);
  if (f < 0 || ftruncate(f, 4096)) die("memory");
  char *m = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
  signal(SIGHUP, again);
  for (;;) {
    FILE *load = fopen("/proc/loadavg", "r");
    fgets(m, 4096, load);
    fclose(load);
    fprintf(log, "%s", m);
    fflush(log);
    sleep(1);
  }
}
""",
}


def prepare():
    run('tcc', '-o', '/usr/local/sbin/metricsd', '/usr/src/metricsd.c', check=True)


def ask():
    pid = int(read('/var/run/metricsd/metricsd.pid'))
    assert os.stat(f'/proc/{pid}').st_uid == 1 and os.sched_getscheduler(pid) == os.SCHED_RR
    assert read('/dev/shm/metricsd').count('.') > 2 and os.path.getsize('/var/log/metricsd.log')
    assert int(read(f'/proc/{pid}/status').split('VmLck:')[1].split()[0])
    os.kill(pid, signal.SIGHUP)
