"""C, a user of its own: figures in memory of System V that another program reads, and words by a queue of POSIX that others put in."""
import ctypes
import os
import time

from client import read, run

packages = 'tcc,libc6-dev'
control = 'PrivateIPC=yes'
files = {
    '/etc/systemd/system/ring.service': """[Unit]
Description=ring

[Service]
User=ring
ExecStart=/usr/local/bin/ringd 4660
Restart=always
StateDirectory=ring

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/ringd.c': r"""
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
static void die(char *w) { perror(w); exit(1); }
int main(int n, char **of) {
  umask(0);
  int id = shmget(atoi(of[1]), 4096, IPC_CREAT | 0666);
  if (id < 0) die("shmget");
  char *m = shmat(id, 0, 0);
  if (m == (char *) -1) die("shmat");
  if (semget(atoi(of[1]), 1, IPC_CREAT | 0666) < 0) die("semget");
  struct mq_attr a = {.mq_maxmsg = 5, .mq_msgsize = 100};
  mqd_t q = mq_open("/ring", O_RDONLY | O_CREAT, 0666, &a);
  if (q < 0) die("mq_open");
  char word[100];
  for (;;) {
    ssize_t size = mq_receive(q, word, sizeof word, 0);
    if (size < 0) die("mq_receive");
    word[size] = 0;
    sprintf(m, "heard %s", word);
  }
}
""",
}


def prepare():
    run('useradd', '-r', 'ring')
    run('tcc', '-o', '/usr/local/bin/ringd', '/usr/src/ringd.c', check=True)


def ask():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    queue = libc.mq_open(b'/ring', os.O_WRONLY)
    assert queue >= 0, 'no queue'
    word = str(time.monotonic()).encode()
    libc.mq_send(queue, word, len(word), 0)
    os.close(queue)
    time.sleep(0.3)
    held = libc.shmget(4660, 4096, 0)
    assert held >= 0, 'no memory'
    at = libc.shmat(held, None, 0o10000)
    said = ctypes.string_at(at)
    libc.shmdt(ctypes.c_void_p(at))
    assert said == b'heard ' + word, said
