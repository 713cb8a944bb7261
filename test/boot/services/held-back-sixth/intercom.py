"""Python, started by four sockets of systemd's, of TCP, UDP, a folder's and a pipe, as a user: a word by each, and all told in its log."""
import os
import socket
import time

from client import USER, read, run, talk

starts = 'intercom.socket'
control = 'InaccessiblePaths=/opt/intercom'
files = {
    '/etc/systemd/system/intercom.socket': f"""[Unit]
Description=intercom

[Socket]
ListenStream=127.0.0.1:8410
ListenDatagram=127.0.0.1:8410
ListenStream=/run/intercom/socket
ListenFIFO=/run/intercom/pipe
SocketUser={USER}
SocketMode=0660
RemoveOnStop=yes

[Install]
WantedBy=sockets.target
""",
    '/etc/systemd/system/intercom.service': f"""[Unit]
Description=intercom
Requires=intercom.socket

[Service]
User={USER}
ExecStart=/opt/intercom/intercom.py
""",
    '/opt/intercom/intercom.py': """#!/usr/bin/python3
import os, selectors, socket, stat

wait = selectors.DefaultSelector()
for number in range(3, 3 + int(os.environ['LISTEN_FDS'])):
    what = os.fstat(number)
    if stat.S_ISFIFO(what.st_mode):
        wait.register(number, selectors.EVENT_READ, lambda number=number: os.read(number, 100))
        continue
    held = socket.socket(fileno=number)
    if held.type == socket.SOCK_DGRAM:
        def take(held=held):
            word, sender = held.recvfrom(100)
            held.sendto(b'heard ' + word, sender)
            return word
    else:
        def take(held=held):
            peer, _ = held.accept()
            word = peer.recv(100)
            peer.sendall(b'heard ' + word)
            peer.close()
            return word
    wait.register(held, selectors.EVENT_READ, take)
while True:
    for key, _ in wait.select():
        word = key.data()
        with open('/var/log/intercom/words', 'ab') as file:
            file.write(word)
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /var/log/intercom; chown {USER} /var/log/intercom')


def ask():
    talk(8410, b'one\n', b'heard one')
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'two\n', ('127.0.0.1', 8410))
        assert peer.recv(100) == b'heard two\n'
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(3)
        peer.connect('/run/intercom/socket')
        peer.sendall(b'three\n')
        assert peer.recv(100) == b'heard three\n'
    with open('/run/intercom/pipe', 'w') as pipe:
        pipe.write('four\n')
    time.sleep(0.5)
    words = read('/var/log/intercom/words').split()
    assert {'one', 'two', 'three', 'four'} <= set(words), words
    os.unlink('/var/log/intercom/words')
