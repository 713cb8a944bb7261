"""Network, keys for tunnels, by plugins: a connection that was loaded, and a peer's greeting answered."""
import socket
import struct

from client import has, run, write

packages = 'charon-systemd,strongswan-swanctl'
patience = 30


def prepare():
    write('/etc/swanctl/conf.d/x.conf', 'connections {\n  x {\n    local_addrs = 127.0.0.1\n    local { auth = psk\n id = a.example.org }\n    remote { auth = psk\n id = b.example.org }\n    children { net { local_ts = 198.51.100.0/24\n remote_ts = 203.0.113.0/24\n mode = tunnel } }\n  }\n}\nsecrets { ike-x { id = b.example.org\n secret = "secret-word" } }\n')


def ask():
    has('x: IKE', run('swanctl', '--list-conns', check=True).stdout)
    # A greeting with a version that nobody speaks: it says which one it does.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'12345678' + b'\0' * 8 + bytes([0, 0x30, 34, 0x08]) + struct.pack('>II', 0, 28), ('127.0.0.1', 500))
        assert peer.recv(200)[:8] == b'12345678'
