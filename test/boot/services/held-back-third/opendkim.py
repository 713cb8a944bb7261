"""Mail, signs letters, becomes a user: what a mail server asks of a filter, and that it may add lines."""
import os
import socket
import struct

from client import append, run

packages = 'opendkim'
control = 'InaccessiblePaths=/etc/dkimkeys'


def prepare():
    run('openssl', 'genrsa', '-traditional', '-out', '/etc/dkimkeys/x.private', '2048', check=True)
    run('chown', '-R', 'opendkim:opendkim', '/etc/dkimkeys')
    os.chmod('/etc/dkimkeys/x.private', 0o600)
    append('/etc/opendkim.conf', '\nDomain example.org\nSelector x\nKeyFile /etc/dkimkeys/x.private\nMode s\nInternalHosts 0.0.0.0/0\n')


def packet(command, data=b''):
    return struct.pack('>I', 1 + len(data)) + command + data


def ask():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/run/opendkim/opendkim.sock')

        def answer():
            size = struct.unpack('>I', peer.recv(4, socket.MSG_WAITALL))[0]
            return peer.recv(size, socket.MSG_WAITALL)

        peer.sendall(packet(b'O', struct.pack('>3I', 6, 0x1FF, 0)))
        assert answer()[:1] == b'O'
        peer.sendall(packet(b'D', b'Cj\0mx.example.org\0') + packet(b'C', b'mx.example.org\x004' + struct.pack('>H', 25) + b'127.0.0.1\0'))
        assert answer()[:1] == b'c'
        peer.sendall(packet(b'M', b'<a@example.org>\0'))
        assert answer()[:1] == b'c'
        peer.sendall(packet(b'R', b'<b@example.org>\0'))
        assert answer()[:1] == b'c'
        for name, text in (('From', 'a@example.org'), ('Subject', 'x'), ('Date', 'Sun, 29 Nov 2026 12:00:00 +0000')):
            peer.sendall(packet(b'L', f'{name}\0{text}\0'.encode()))
            assert answer()[:1] == b'c'
        peer.sendall(packet(b'N'))
        assert answer()[:1] == b'c'
        peer.sendall(packet(b'B', b'a letter\r\n'))
        assert answer()[:1] == b'c'
        peer.sendall(packet(b'E'))
        said = [answer()]
        while said[-1][:1] not in b'acrtd':
            said.append(answer())
        assert any(b'DKIM-Signature' in one for one in said), said
