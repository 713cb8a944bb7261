"""Runs what it is told to, as users: who a program is, that writes to /tmp."""
from client import USER, append, fresh, talk

packages = 'openbsd-inetd'
unit = 'inetd.service'
files = {'/usr/local/bin/asked': '#!/bin/sh\nid -un\ndate > /tmp/inetd-was-here\n'}


def prepare():
    append('/etc/inetd.conf', f'127.0.0.1:8027 stream tcp nowait {USER} /usr/local/bin/asked asked\n')


def ask():
    talk(8027, b'', f'{USER}\n'.encode())
    fresh('/tmp/inetd-was-here')
