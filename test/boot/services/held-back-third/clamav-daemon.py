"""Searches files for what does harm, becomes a user, its socket is systemd's: a file that is found out, one sent, one that is not."""
import os
import socket
import struct

from client import has, run, write

packages = 'clamav-daemon'
patience = 60
control = 'InaccessiblePaths=/var/lib/clamav'


def prepare():
    for name in ('main', 'daily'):
        write(f'/var/lib/clamav/{name}.inc', '')
    write('/var/lib/clamav/x.ndb', 'X.Of.Test:0:*:' + b'a-word-that-harms'.hex() + '\n')
    write('/srv/scan/bad', 'so: a-word-that-harms\n')
    write('/srv/scan/good', 'so: a word\n')
    run('chown', '-R', 'clamav:clamav', '/var/lib/clamav')


def said(*parts):
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(10)
        peer.connect('/run/clamav/clamd.ctl')
        for part in parts:
            peer.sendall(part)
        return peer.recv(1000).decode()


def ask():
    has('PONG', said(b'zPING\0'))
    has('X.Of.Test', said(b'zSCAN /srv/scan/bad\0'))
    has('OK', said(b'zSCAN /srv/scan/good\0'))
    text = b'sent: a-word-that-harms' * 100
    has('X.Of.Test', said(b'zINSTREAM\0', struct.pack('>I', len(text)) + text, struct.pack('>I', 0)))
    assert os.path.exists('/var/log/clamav/clamav.log')
