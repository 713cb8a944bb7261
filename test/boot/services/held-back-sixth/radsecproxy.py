"""Logins for networks, handed on, forks not: what a peer asks of it is asked of a server of ours, whose answer comes back."""
import hashlib
import os
import socket
import struct

from client import run, write

packages = 'radsecproxy'
files = {}
SERVER = """
import hashlib, socket, struct
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', 18120))
while True:
    asked, peer = server.recvfrom(4096)
    proxy = b''
    at = 20
    while at < len(asked):
        if asked[at] == 33: proxy += asked[at:at + asked[at + 1]]
        at += asked[at + 1]
    head = struct.pack('>BBH', 2, asked[1], 20 + len(proxy))
    server.sendto(head + hashlib.md5(head + asked[4:20] + proxy + b'backsecret').digest() + proxy, peer)
"""


def prepare():
    write('/root/radius.py', SERVER)
    run('systemd-run', '-u', 'radius-back', 'python3', '/root/radius.py')
    write('/etc/radsecproxy.conf', 'ListenUDP 127.0.0.1:18121\nLogDestination x-syslog:///LOG_DAEMON\nSourceUDP 127.0.0.1\nclient 127.0.0.1 {\n type udp\n secret frontsecret\n}\nserver back {\n host 127.0.0.1\n port 18120\n type udp\n secret backsecret\n}\nrealm * {\n server back\n}\n', 0o640)
    run('sh', '-c', 'chgrp radsecproxy /etc/radsecproxy.conf || chmod 644 /etc/radsecproxy.conf')


def ask():
    salt = os.urandom(16)
    word = bytes(a ^ b for a, b in zip(b'password'.ljust(16, b'\0'), hashlib.md5(b'frontsecret' + salt).digest()))
    parts = b'\x01\x0aguest@ab' + b'\x02\x12' + word
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(4)
        peer.sendto(struct.pack('>BBH', 1, salt[0], 20 + len(parts)) + salt + parts, ('127.0.0.1', 18121))
        assert peer.recv(4096)[0] == 2
