"""Hosts that stand together, as root, at a priority of its own: its members, a key kept in memory by a program that asks, its quorum."""
from client import has, run

packages = 'corosync'
control = 'InaccessiblePaths=/dev/shm'
patience = 30


def ask():
    has('127.0.0.1', run('corosync-cfgtool', '-s', check=True).stdout)
    has('Quorate:          Yes', run('corosync-quorumtool', '-s').stdout)
    run('corosync-cmapctl', '-s', 'ours.word', 'str', 'kept', check=True)
    has('kept', run('corosync-cmapctl', '-g', 'ours.word', check=True).stdout)
