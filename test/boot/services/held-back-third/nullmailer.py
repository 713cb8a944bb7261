"""Mail, sends by programs of its own, as a user, locked in: a letter of a user's, taken by a server of ours."""
import socket
import threading
import time

from client import USER, has, run, write

packages = 'nullmailer'
patience = 40
got = []


def prepare():
    write('/etc/nullmailer/remotes', '127.0.0.1 smtp --port=8125\n')
    write('/etc/nullmailer/me', 'test.example.org\n')
    write('/etc/nullmailer/adminaddr', '')
    server = socket.create_server(('127.0.0.1', 8125))

    def serve(peer):
        with peer, peer.makefile('rb') as lines:
            peer.sendall(b'220 x\r\n')
            letter = None
            for line in lines:
                if letter is not None:
                    letter += line
                    if line == b'.\r\n':
                        got.append(letter)
                        letter = None
                        peer.sendall(b'250 ok\r\n')
                    continue
                if line.upper().startswith(b'DATA'):
                    letter = b''
                    peer.sendall(b'354 x\r\n')
                elif line.upper().startswith(b'QUIT'):
                    peer.sendall(b'221 x\r\n')
                    return
                else:
                    peer.sendall(b'250 x\r\n')

    def listen():
        while True:
            threading.Thread(target=serve, args=server.accept()[:1], daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()


def ask():
    word = f'word {time.monotonic_ns()}'
    run('runuser', '-u', USER, '--', 'nullmailer-inject', 'b@example.org', input=f'To: b@example.org\nSubject: x\n\n{word}\n', check=True)
    for _ in range(30):
        if any(word.encode() in letter for letter in got):
            return
        time.sleep(0.1)
    has(word, repr(got[-1:]))
