"""Files, as disks, by a socket of its own for commands: a disk of a file, that a peer logs in to."""
import socket
import struct

from client import has, run, write

packages = 'tgt'
patience = 30


def prepare():
    run('truncate', '-s', '4M', '/srv/disk.img')
    write('/etc/tgt/conf.d/x.conf', '<target iqn.2026-11.org.example:x>\n  backing-store /srv/disk.img\n  initiator-address 127.0.0.1\n</target>\n')


def ask():
    has('/srv/disk.img', run('tgtadm', '--lld', 'iscsi', '--op', 'show', '--mode', 'target', check=True).stdout)
    keys = b''.join(f'{key}={value}\0'.encode() for key, value in {'InitiatorName': 'iqn.2026-11.org.example:me', 'SessionType': 'Discovery', 'AuthMethod': 'None'}.items())
    # A request to log in, from the stage of security to that of operation.
    head = bytes([0x43, 0x81, 0, 0]) + b'\0' + len(keys).to_bytes(3, 'big') + bytes([0x80, 0, 0, 0, 0, 0]) + b'\0\0' + struct.pack('>I', 1) + struct.pack('>HH', 1, 0) + struct.pack('>II', 1, 0) + b'\0' * 16
    with socket.create_connection(('127.0.0.1', 3260), timeout=5) as peer:
        peer.sendall(head + keys + b'\0' * (-len(keys) % 4))
        answer = peer.recv(200)
    assert answer[:1] == b'\x23' and answer[36:38] == b'\0\0', answer
