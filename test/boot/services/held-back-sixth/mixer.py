"""C, a user's, at a priority of its own and with memory that stays: a block of memory that another user's program reads and writes."""
import mmap
import os
import time

from client import USER, run

packages = 'tcc,libc6-dev'
control = 'RestrictRealtime=yes'
files = {
    '/etc/systemd/system/mixer.service': f"""[Unit]
Description=mixer

[Service]
User={USER}
AmbientCapabilities=CAP_SYS_NICE CAP_IPC_LOCK
ExecStart=/opt/mixer/mixer
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/mixer.c': r"""
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
static volatile char *m;
static void die(char *w) { perror(w); exit(1); }
static void *mix(void *none) {
  for (;;) { if (m[0]) { m[1] = m[0] * 2; m[0] = 0; } usleep(10000); }
}
int main() {
  umask(0);
  int f = shm_open("/mixer", O_RDWR | O_CREAT, 0666);
  if (f < 0 || ftruncate(f, 4096)) die("memory");
  m = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0);
  if (mlockall(MCL_CURRENT)) die("lock");
  pthread_attr_t a;
  struct sched_param p = {.sched_priority = 20};
  pthread_attr_init(&a);
  pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&a, SCHED_FIFO);
  pthread_attr_setschedparam(&a, &p);
  pthread_t t;
  if (pthread_create(&t, &a, mix, 0)) die("thread");
  pthread_join(t, 0);
}
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /opt/mixer; tcc -o /opt/mixer/mixer /usr/src/mixer.c -lpthread', check=True)


def ask():
    with open('/dev/shm/mixer', 'r+b') as file:
        block = mmap.mmap(file.fileno(), 4096)
        block[0] = 21
        time.sleep(0.3)
        assert block[1] == 42
        block[1] = 0
    pid = int(run('systemctl', 'show', '-P', 'MainPID', 'mixer').stdout)
    assert any(os.sched_getscheduler(int(task)) == os.SCHED_FIFO for task in os.listdir(f'/proc/{pid}/task'))
