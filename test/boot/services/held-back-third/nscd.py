"""Keeps names, forks: a user asked for by its socket, and one who came since."""
import socket
import struct

from client import USER, run

packages = 'nscd'
control = 'InaccessiblePaths=/etc/passwd'


def ask():
    key = USER.encode() + b'\0'
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/run/nscd/socket')
        peer.sendall(struct.pack('3i', 2, 0, len(key)) + key)
        answer = peer.recv(200)
    assert struct.unpack('2i', answer[:8])[1] == 1 and f'/home/{USER}'.encode() in answer, answer
    run('nscd', '-g', check=True)
