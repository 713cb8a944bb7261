"""A program of our own, as root, that looks at the processes of others: one whose environment marks it is ended."""
import subprocess
import time

from client import USER

control = 'CapabilityBoundingSet=~CAP_KILL CAP_SYS_PTRACE'
patience = 30
files = {
    '/etc/systemd/system/reaper.service': """[Unit]
Description=Ends jobs that are over

[Service]
ExecStart=/usr/local/libexec/reaper
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/libexec/reaper': """#!/usr/bin/python3
import glob, os, signal, time
while True:
    for path in glob.glob('/proc/[0-9]*/environ'):
        try:
            with open(path, 'rb') as file:
                if b'JOB_IS_OVER=1' in file.read():
                    os.kill(int(path.split('/')[2]), signal.SIGTERM)
        except OSError:
            pass
    time.sleep(0.2)
""",
}


def ask():
    job = subprocess.Popen(['setpriv', '--reuid', USER, '--clear-groups', 'env', 'JOB_IS_OVER=1', 'sleep', '60'])
    try:
        assert job.wait(3) == -15
    finally:
        job.kill()
        job.wait()
    time.sleep(0.1)
