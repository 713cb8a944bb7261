"""Cron's sibling, for machines that sleep: a job of the day, that writes as a user to their home and to /tmp."""
import os
import time

from client import USER, fresh, write

packages = 'anacron'
patience = 30
control = 'CapabilityBoundingSet=~CAP_SETUID CAP_SETGID'
files = {'/etc/anacrontab': f'SHELL=/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nHOME=/root\nLOGNAME=root\n1 0 x-of-test runuser -u {USER} -- sh -c "date > /home/{USER}/anacron-was-here; date > /tmp/anacron-was-here"\n'}


def ask():
    for _ in range(30):
        if os.path.exists('/tmp/anacron-was-here'):
            break
        time.sleep(0.1)
    fresh(f'/home/{USER}/anacron-was-here', '/tmp/anacron-was-here')
    time.sleep(1)
    write('/var/spool/anacron/x-of-test', '20200101\n')
