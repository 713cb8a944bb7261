"""How long the machine has been up, a user of its own: its records."""
import os
import time

from client import has, run

packages = 'uptimed'
control = 'ReadOnlyPaths=/var/spool'


def ask():
    # Before it is up the signal ends it.
    time.sleep(1)
    run('pkill', '-HUP', 'uptimed')
    has('Linux', run('uprecords', '-a', check=True).stdout)
    assert os.path.exists('/var/spool/uptimed/records')
    os.unlink('/var/spool/uptimed/records')
    run('rm', '-f', '/var/spool/uptimed/records.old')
