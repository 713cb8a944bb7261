"""A timer's job, as root: a log rotated, packed, its owner kept, a command run after."""
import os

from client import USER, fresh, run, write

packages = 'logrotate'
control = 'ReadOnlyPaths=/var/log'
LOG = '/var/log/kept/x.log'


def prepare():
    write('/etc/logrotate.d/kept', f'{LOG} {{\n  size 1\n  compress\n  create 640 {USER} {USER}\n  postrotate\n    touch /var/log/kept/rotated\n  endscript\n}}\n')
    again()


def again():
    write(LOG, 'a line\n' * 100)
    run('chown', '-R', f'{USER}:{USER}', LOG)


def ask():
    fresh('/var/log/kept/rotated')
    assert os.stat(f'{LOG}.1.gz').st_uid == 1000 and os.stat(LOG).st_uid == 1000
    fresh(f'{LOG}.1.gz')
    again()
