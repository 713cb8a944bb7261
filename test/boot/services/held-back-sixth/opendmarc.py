"""Mail, judges senders, forks, a user of its own: what a mail server asks of a filter, and that it may add lines."""
import socket
import struct

from client import has

packages = 'opendmarc'
files = {}


def prepare():
    from client import write
    write('/etc/opendmarc.conf', 'AuthservID test\nPidFile /run/opendmarc/opendmarc.pid\nSocket inet:8893@localhost\nSyslog true\nUMask 0002\nUserID opendmarc\nIgnoreHosts /etc/opendmarc.hosts\nHistoryFile /run/opendmarc/history\n')
    write('/etc/opendmarc.hosts', '192.0.2.1\n')


def ask():
    with socket.create_connection(('127.0.0.1', 8893), timeout=5) as peer:
        peer.sendall(struct.pack('>I', 13) + b'O' + struct.pack('>III', 6, 0x1ff, 0x1fffff))
        said = peer.recv(100)
    has(b'O', said[4:5])
    assert struct.unpack('>I', said[9:13])[0] & 1
