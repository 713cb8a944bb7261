"""Runs what lies in a folder, as users, and keeps its words in logs: who a program is that writes to its home, that it is started again, and told by a signal."""
import time

from client import fresh, has, read, run, write

packages = 'daemontools-run'
control = 'ProtectHome=yes'
patience = 30
files = {
    '/etc/service/test/run': '#!/bin/sh\nexec 2>&1\nexec setuidgid u sh -c \'id -un >/home/u/who; date >/tmp/daemontools-was-here; echo begun; exec sleep 1000\'\n',
    '/etc/service/test/log/run': '#!/bin/sh\nexec setuidgid nobody multilog t /var/log/test-service\n',
}


def prepare():
    run('sh', '-c', 'mkdir -p /var/log/test-service && chown nobody /var/log/test-service')


def ask():
    run('svc', '-t', '/etc/service/test', check=True)
    time.sleep(1)
    has(': up', run('svstat', '/etc/service/test').stdout)
    has('u\n', read('/home/u/who'))
    has('begun', read('/var/log/test-service/current'))
    fresh('/home/u/who', '/tmp/daemontools-was-here')
