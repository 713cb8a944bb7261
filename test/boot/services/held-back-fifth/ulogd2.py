"""Logs of the firewall, as root, forks and becomes a user: a packet that a rule tells of, in its file."""
import os
import socket
import time

from client import read, run

packages = 'ulogd2,nftables'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 30


def prepare():
    run('nft', 'add table inet told; add chain inet told out { type filter hook output priority 0; }; add rule inet told out udp dport 4242 log prefix "on-fire" group 0', check=True)


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(b'x', ('127.0.0.1', 4242))
    time.sleep(1)
    assert 'on-fire' in read('/var/log/ulog/syslogemu.log')
    os.truncate('/var/log/ulog/syslogemu.log', 0)
