"""Screens for others, starts as root: a peer's greeting answered, with what it can do."""
import socket

packages = 'xrdp'
patience = 30


def ask():
    with socket.create_connection(('127.0.0.1', 3389), timeout=5) as peer:
        peer.sendall(bytes.fromhex('030000130ee000000000000100080003000000'))
        assert peer.recv(100)[:2] == b'\x03\0'
