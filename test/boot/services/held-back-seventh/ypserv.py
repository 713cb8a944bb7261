"""Names of users for other machines, as of old, forks, as root, by RPC: a user found in a map of its domain, whose name it gives to the machine."""
import os
import socket
import struct

from client import has, run, write

packages = 'ypserv'
patience = 30
files = {'/etc/defaultdomain': 'testdomain\n', '/etc/default/nis': 'YPSERVARGS=\n'}


def prepare():
    run('sh', '-c', 'mkdir -p /var/yp/testdomain && printf "someone someone:x:1234:1234::/home/someone:/bin/sh\\n" | /usr/lib/yp/makedbm - /var/yp/testdomain/passwd.byname', check=True)


def call(port, program, version, procedure, body):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        head = struct.pack('>10I', 7, 0, 2, program, version, procedure, 0, 0, 0, 0)
        peer.sendto(head + body, ('127.0.0.1', port))
        return peer.recv(4096)[24:]


def text(word):
    return struct.pack('>I', len(word)) + word + bytes(-len(word) % 4)


def ask():
    port = struct.unpack('>I', call(111, 100000, 2, 3, struct.pack('>4I', 100004, 2, 17, 0)))[0]
    assert port, 'not known to rpcbind'
    has(b'/home/someone', call(port, 100004, 2, 3, text(b'testdomain') + text(b'passwd.byname') + text(b'someone')))
    has('testdomain', run('domainname').stdout)
