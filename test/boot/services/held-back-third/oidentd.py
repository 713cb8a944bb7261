"""Says whose a connection is, from a line of shell, becomes a user: that of a user of ours."""
import socket
import time

from client import USER, has, run

packages = 'oidentd'
control = 'RestrictAddressFamilies=AF_UNIX'
CODE = 'import socket, sys\npeer = socket.create_connection(("127.0.0.1", 8113))\npeer.recv(1)'


def ask():
    import subprocess

    with socket.create_server(('127.0.0.1', 8113)) as server:
        child = subprocess.Popen(['runuser', '-u', USER, '--', 'python3', '-c', CODE])
        peer, (_, port) = server.accept()
        try:
            with socket.create_connection(('127.0.0.1', 113), timeout=5) as ident:
                ident.sendall(f'{port},8113\r\n'.encode())
                has(f':{USER}', ident.recv(200).decode().replace(' ', ''))
        finally:
            peer.close()
            child.wait(10)
