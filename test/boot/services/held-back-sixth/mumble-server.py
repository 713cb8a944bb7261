"""Voices for others, a user of its own, a database of its own: a peer's greeting answered by TLS, and a certificate that it made and keeps."""
import socket
import ssl
import struct

from client import has

packages = 'mumble-server'
patience = 40


def ask():
    context = ssl._create_unverified_context()
    with socket.create_connection(('127.0.0.1', 64738), timeout=5) as plain, context.wrap_socket(plain) as peer:
        version = b'\x08' + b'\x80\x80\x14' + b'\x12\x04test'
        peer.sendall(struct.pack('>HI', 0, len(version)) + version)
        name = b'\x0a\x05guest'
        peer.sendall(struct.pack('>HI', 2, len(name)) + name)
        said = b''
        while b'Root' not in said and (part := peer.recv(4096)):
            said += part
    has(b'Root', said)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(struct.pack('>IQ', 0, 77), ('127.0.0.1', 64738))
        assert len(peer.recv(100)) >= 12
