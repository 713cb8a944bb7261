"""Monitoring, in Python: a figure sent, and kept in a file."""
import os
import socket
import time

packages = 'graphite-carbon'


def ask():
    name = f'a{os.urandom(4).hex()}'
    with socket.create_connection(('127.0.0.1', 2003), timeout=5) as peer:
        peer.sendall(f'test.{name} 7 {int(time.time())}\n'.encode())
    until = time.monotonic() + 15
    while not os.path.exists(f'/var/lib/graphite/whisper/test/{name}.wsp'):
        assert time.monotonic() < until, 'no file'
        time.sleep(0.3)
