"""Network, a tunnel of equals, of a template, with a script: its address, and a peer's greeting answered."""
import socket

from client import has, run, write

packages = 'tinc,iproute2'
unit = 'tinc@x.service'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 30


def prepare():
    run('sh', '-c', 'mkdir -p /dev/net && mknod -m 666 /dev/net/tun c 10 200')
    write('/etc/tinc/x/tinc.conf', 'Name = me\nInterface = tinc0\n')
    write('/etc/tinc/x/hosts/me', 'Subnet = 198.51.100.65/32\n')
    write('/etc/tinc/x/tinc-up', '#!/bin/sh\nip address add 198.51.100.65/26 dev $INTERFACE\nip link set $INTERFACE up\n')
    run('tincd', '-n', 'x', '-K2048', input='\n\n')


def ask():
    has('198.51.100.65', run('ip', 'address', 'show', 'dev', 'tinc0', check=True).stdout)
    socket.create_connection(('127.0.0.1', 655), timeout=5).close()
