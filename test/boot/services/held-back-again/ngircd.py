"""Chat, starts as root and becomes a user: someone joins a room, and hears of themselves in it."""
import socket

from client import has

packages = 'ngircd'


def ask():
    with socket.create_connection(('127.0.0.1', 6667), timeout=5) as peer:
        peer.sendall(b'NICK n\r\nUSER n 0 * :n\r\n')
        answer = b''
        joined = False
        while b' 366 ' not in answer:
            more = peer.recv(4096)
            assert more, answer[-200:]
            answer += more
            for line in more.split(b'\r\n'):
                if line.startswith(b'PING'):
                    peer.sendall(line.replace(b'PING', b'PONG') + b'\r\n')
            if b' 001 ' in answer and not joined:
                joined = True
                peer.sendall(b'JOIN #room\r\n')
        has(b'#room', answer)
