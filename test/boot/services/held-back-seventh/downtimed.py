"""Watches when the machine was down, forks, as root: a crash that its stamp tells of in its database, and its stamp that goes on."""
import os
import time

from client import has, run, write

packages = 'downtimed'
control = 'ReadOnlyPaths=/var/lib/downtimed'
patience = 30
BOOT, STAMP = '/var/lib/downtimed/downtimed.boot', '/var/lib/downtimed/downtimed.stamp'
files = {'/etc/default/downtimed': 'DOWNTIMED_OPTS="-s 1"\n'}


def prepare():
    for path, when in ((BOOT, 1600000000), (STAMP, 1600090000)):
        write(path, '')
        os.utime(path, (when, when))


def ask():
    before = os.stat(STAMP).st_mtime
    time.sleep(2.5)
    assert os.stat(STAMP).st_mtime > before, 'the stamp stands still'
    has('2020', run('downtimes').stdout)
