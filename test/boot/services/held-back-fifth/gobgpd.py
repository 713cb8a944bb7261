"""Network in Go, a dynamic user, tells when it is ready: a route told to it, and asked for, a peer's greeting answered."""
import socket

from client import has, run, write

packages = 'gobgpd'
# Its reload starts another one, which finds the port taken.
reload = False
files = {
    '/etc/gobgpd.conf': '[global.config]\n as = 64512\n router-id = "198.51.100.1"\n[[neighbors]]\n [neighbors.config]\n neighbor-address = "127.0.0.1"\n peer-as = 64513\n [neighbors.transport.config]\n passive-mode = true\n',
}


def ask():
    run('gobgp', 'global', 'rib', 'add', '198.51.100.0/24', check=True)
    has('198.51.100.0/24', run('gobgp', 'global', 'rib', check=True).stdout)
    with socket.create_connection(('127.0.0.1', 179), timeout=5) as peer:
        peer.settimeout(5)
        has(b'\xff' * 16, peer.recv(64))
