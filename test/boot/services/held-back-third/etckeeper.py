"""A timer's job, as root: what changed below /etc is put into a repository, with the owners."""
import time

from client import has, run, write

packages = 'etckeeper,git'
alone = 'dpkg'
patience = 30
control = 'ReadOnlyPaths=/etc'
counted = [0]


def prepare():
    run('etckeeper', 'init', cwd='/etc')
    again()


def again():
    counted[0] += 1
    write('/etc/of-test/x', f'{time.monotonic_ns()} {counted[0]}\n')
    run('chown', 'daemon', '/etc/of-test/x')


def ask():
    said = run('git', '-C', '/etc', 'log', '-1', '--format=%s', '--', 'of-test/x').stdout
    has('autocommit', said)
    assert not run('git', '-C', '/etc', 'status', '--porcelain', '--', 'of-test/x', check=True).stdout
    again()
