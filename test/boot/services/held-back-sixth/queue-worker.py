"""Template of our own, a shell's worker, an instance a queue, with settings of /etc/default and a drop-in that names the user: jobs of a queue run as scripts, with a lock that all share; a job that was begun survives."""
import os
import time

from client import USER, read, run, write

unit = 'queue-worker@.service'
starts = 'queue-worker@mail.service'
control = 'NoExecPaths=/var/spool/queue'
files = {
    '/etc/systemd/system/queue-worker@.service': """[Unit]
Description=worker for %i

[Service]
EnvironmentFile=-/etc/default/queue-worker
EnvironmentFile=-/etc/default/queue-worker-%i
ExecStart=/usr/local/bin/queue-worker ${QUEUE_ROOT}/%i $LEVEL
KillMode=process
Nice=5
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/etc/systemd/system/queue-worker@.service.d/10-user.conf': f'[Service]\nUser={USER}\n',
    '/etc/default/queue-worker': 'QUEUE_ROOT=/var/spool/queue\nLEVEL=info\n',
    '/etc/default/queue-worker-mail': 'LEVEL="debug verbose"\n',
    '/usr/local/bin/queue-worker': """#!/bin/bash
root=$1; shift
exec 9>/run/lock/queue-worker.lock
while :; do
  for job in "$root"/*.sh; do
    [ -x "$job" ] || continue
    (flock 9; "$job" "$@") >> "$root/log" 2>&1
    rm -f "$job"
  done
  sleep 0.2
done
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /var/spool/queue/mail; chown {USER} /var/spool/queue/mail')


def ask():
    write('/var/spool/queue/mail/1.sh', '#!/bin/sh\nid -un > /var/spool/queue/mail/said\necho "$*" >> /var/spool/queue/mail/said\n(sleep 0.5; hostname >> /var/spool/queue/mail/said; touch ~/queue-was-here; echo x > /tmp/queue-left) &\n')
    time.sleep(1.5)
    said = read('/var/spool/queue/mail/said').split('\n')
    assert said[:2] == [USER, 'debug verbose'] and said[2], said
    for path in (f'/home/{USER}/queue-was-here', '/tmp/queue-left', '/var/spool/queue/mail/said'):
        os.unlink(path)
