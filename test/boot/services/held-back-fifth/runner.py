"""A runner of builds, a user's, from its home, as those of forges are installed: a job cloned, compiled, tested in a namespace of its own, and told."""
import os
import time

from client import USER, fresh, run, write

packages = 'git,make,tcc,libc6-dev'
control = 'RestrictNamespaces=yes'
patience = 40
files = {
    '/etc/systemd/system/runner.service': f"""[Unit]
Description=Runner of builds (home)
After=network.target

[Service]
ExecStart=/home/{USER}/actions/runsvc.sh
User={USER}
WorkingDirectory=/home/{USER}/actions
KillMode=process
KillSignal=SIGTERM
TimeoutStopSec=5min

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/actions/runsvc.sh': """#!/bin/bash
export PATH=/usr/local/bin:/usr/bin:/bin
trap 'kill $(jobs -p); exit' TERM
while :; do
  for job in queue/*.job; do
    [ -e "$job" ] || continue
    rm -rf work && git clone -q "$(cat "$job")" work && (cd work && make -s CC=tcc && unshare --user --map-root-user --net ./hello > ../done.txt) 2>&1 | tee -a /tmp/runner.log
    rm -f "$job"
  done
  sleep 0.3 & wait $!
done
""",
}


def prepare():
    write('/root/hello/hello.c', '#include <stdio.h>\n#include <unistd.h>\nint main() { printf("built %d\\n", getuid()); return 0; }\n')
    write('/root/hello/Makefile', 'hello: hello.c\n\t$(CC) -o hello hello.c\n')
    run('sh', '-c', 'cd /root/hello && git init -q && git add . && git -c user.name=u -c user.email=u@u commit -qm one && git clone -q --bare . /srv/hello.git && chmod -R a+rX /srv/hello.git')
    run('sh', '-c', f'mkdir -p /home/{USER}/actions/queue; git config --system safe.directory "*"')


def ask():
    write(f'/home/{USER}/actions/queue/1.job', '/srv/hello.git')
    run('chown', USER, f'/home/{USER}/actions/queue/1.job')
    for _ in range(20):
        time.sleep(0.3)
        if not os.path.exists(f'/home/{USER}/actions/queue/1.job'):
            break
    assert open(f'/home/{USER}/actions/done.txt').read() == 'built 0\n'
    fresh(f'/home/{USER}/actions/done.txt', '/tmp/runner.log')
