"""Files: a tree pulled from a module, one file pushed to it."""
import os

from client import fresh, run

packages = 'rsync'
files = {
    '/etc/rsyncd.conf': '[data]\npath = /srv/data\nread only = no\nuid = root\n',
    '/srv/data/a': 'a\n',
}


def ask():
    run('rsync', '-a', 'rsync://127.0.0.1/data/', '/tmp/pulled/', check=True)
    fresh('/tmp/pulled/a')
    run('rsync', '-a', '/etc/hostname', 'rsync://127.0.0.1/data/b', check=True)
    assert os.path.getsize('/srv/data/b') > 1
