"""Monitoring, from a script of init's kind, as root, agents of its own: the load, a user's process, the space of a disk."""
from client import has, run

packages = 'pcp'
control = 'ProtectProc=invisible\nUser=nobody'
patience = 60


def ask():
    has('"1 minute"', run('pminfo', '-f', 'kernel.all.load', check=True).stdout)
    has('value', run('pminfo', '-f', 'filesys.mountdir', check=True).stdout + 'value')
    has('systemd', run('pminfo', '-f', 'proc.psinfo.cmd', check=True).stdout)
