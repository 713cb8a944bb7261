"""Hears knocks by raw packets, and runs what it is told to: knocks at three ports make a file."""
import os
import socket
import time

from client import fresh, write

packages = 'knockd'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 30


def prepare():
    write('/etc/default/knockd', 'START_KNOCKD=1\nKNOCKD_OPTS="-i lo"\n')
    write('/etc/knockd.conf', '[options]\n  UseSyslog\n[open]\n  sequence = 7101:udp,7102:udp,7103:udp\n  seq_timeout = 5\n  command = /bin/sh -c "echo %IP% > /var/lib/knocked"\n')


def ask():
    for port in (7101, 7102, 7103):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.sendto(b'knock', ('127.0.0.1', port))
        time.sleep(0.1)
    for _ in range(20):
        if os.path.exists('/var/lib/knocked'):
            break
        time.sleep(0.1)
    fresh('/var/lib/knocked')
