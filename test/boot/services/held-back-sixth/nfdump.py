"""Flows of the network, kept: nfcapd of a template as Debian has it, and a flow of a probe's that it wrote down."""
import glob
import socket
import struct
import time

from client import has, run, write

packages = 'nfdump'
unit = 'nfdump@.service'
starts = 'nfdump@test.service'
patience = 30
files = {}


def prepare():
    write('/etc/nfdump/test.conf', "options='-l /var/cache/nfdump -p 2056 -b 127.0.0.1 -t 2'\nuser='www-data'\ngroup='www-data'\n")


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        now = int(time.time())
        head = struct.pack('>HHIIIIBBH', 5, 1, 5000, now, 0, 1, 0, 0, 0)
        flow = struct.pack('>4s4s4sHHIIIIHHBBBBHHBBH', socket.inet_aton('10.9.8.7'), socket.inet_aton('10.0.0.2'), b'\0' * 4, 1, 2, 5, 500, 1000, 2000, 1234, 80, 0, 16, 6, 0, 0, 0, 24, 24, 0)
        peer.sendto(head + flow, ('127.0.0.1', 2056))
    time.sleep(4)
    has('10.9.8.7', run('nfdump', '-R', '/var/cache/nfdump', '-o', 'line').stdout)
    assert glob.glob('/var/cache/nfdump/nfcapd.2*')
    run('sh', '-c', 'rm -f /var/cache/nfdump/nfcapd.2*')
