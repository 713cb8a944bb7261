"""Network, for calls: the address that a peer is seen from."""
import socket

packages = 'coturn'
files = {'/etc/turnserver.conf': 'listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nno-cli\n'}


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'\0\1\0\0\x21\x12\xa4\x42' + b'abcdefghijkl', ('127.0.0.1', 3478))
        answer = peer.recv(500)
    assert answer[:2] == b'\1\1', answer
