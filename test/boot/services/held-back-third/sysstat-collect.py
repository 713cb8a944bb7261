"""A timer's job, as root, by a script: figures of the machine, added to a file of the day, and read."""
import glob

from client import fresh, run

packages = 'sysstat'
control = 'ReadOnlyPaths=/var/log'


def ask():
    files = glob.glob('/var/log/sysstat/sa[0-9]*')
    assert files
    run('sadf', '-d', files[0], check=True)
    fresh(*files)
