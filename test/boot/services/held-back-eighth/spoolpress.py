"""C, a user of its own, processes that it forks before: files of a spool locked, packed by gzip, put into another folder; what is begun is finished when it stops."""
import glob
import os
import time

from client import run, write

packages = 'gcc,libc6-dev'
control = 'ReadOnlyPaths=/srv/spoolpress'
files = {
    '/etc/systemd/system/spoolpress.service': """[Unit]
Description=Presses what comes in

[Service]
User=press
Group=press
UMask=0027
ExecStart=/usr/local/bin/spoolpress -w 3 /srv/spoolpress/in /srv/spoolpress/out
KillMode=mixed
TimeoutStopSec=15
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/spoolpress.c': r"""
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t stopping;
static void stop(int signal) { stopping = 1; }

static void press(const char *in, const char *out, const char *name) {
  char from[4096], to[4096], temporary[4096];
  snprintf(from, sizeof from, "%s/%s", in, name);
  snprintf(to, sizeof to, "%s/%s.gz", out, name);
  snprintf(temporary, sizeof temporary, "%s/.%s.XXXXXX", out, name);
  int source = open(from, O_RDWR);
  if (source < 0) return;
  if (flock(source, LOCK_EX | LOCK_NB)) { close(source); return; }
  int target = mkostemp(temporary, 0);
  if (target < 0) { perror(temporary); close(source); return; }
  fchmod(target, 0640);
  pid_t child = fork();
  if (child == 0) {
    dup2(source, 0);
    dup2(target, 1);
    execlp("gzip", "gzip", "-9", "-c", NULL);
    _exit(127);
  }
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR);
  if (status == 0 && rename(temporary, to) == 0) unlink(from);
  else fprintf(stderr, "%s failed\n", name);
  close(target);
  close(source);
}

static void work(const char *in, const char *out) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  while (!stopping) {
    DIR *folder = opendir(in);
    struct dirent *entry;
    while (folder && (entry = readdir(folder)))
      if (entry->d_name[0] != '.') press(in, out, entry->d_name);
    if (folder) closedir(folder);
    usleep(200000);
  }
  exit(0);
}

int main(int count, char **words) {
  int workers = 2, option;
  while ((option = getopt(count, words, "w:")) != -1)
    if (option == 'w') workers = atoi(optarg);
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  for (int i = 0; i < workers; i++)
    if (fork() == 0) work(words[optind], words[optind + 1]);
  while (!stopping) {
    int status;
    pid_t gone = waitpid(-1, &status, 0);
    if (gone > 0 && !stopping && fork() == 0) work(words[optind], words[optind + 1]);
  }
  kill(0, SIGTERM);
  while (wait(NULL) > 0);
  return 0;
}
""",
}


def prepare():
    run('sh', '-c', 'useradd -r press; mkdir -p /srv/spoolpress/in /srv/spoolpress/out; chown press: /srv/spoolpress/*; gcc -O2 -o /usr/local/bin/spoolpress /usr/src/spoolpress.c', check=True)


def ask():
    name = f'f{time.monotonic_ns()}'
    for part in range(6):
        write(f'/srv/spoolpress/in/.{name}-{part}', f'text {part}\n' * 1000)
        os.chmod(f'/srv/spoolpress/in/.{name}-{part}', 0o666)
        os.rename(f'/srv/spoolpress/in/.{name}-{part}', f'/srv/spoolpress/in/{name}-{part}')
    for _ in range(40):
        packed = glob.glob(f'/srv/spoolpress/out/{name}-*.gz')
        if len(packed) == 6 and not glob.glob(f'/srv/spoolpress/in/{name}*'):
            break
        time.sleep(0.1)
    assert len(packed) == 6, packed
    assert run('zcat', packed[0]).stdout.count('text') == 1000
    assert os.stat(packed[0]).st_mode & 0o777 == 0o640
