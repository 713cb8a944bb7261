"""DNS, a user of its own, tells when it is ready, hands its sockets to its successor when it is reloaded: a name of a zone of its own by UDP and TCP, one that is new, and its figures."""
import os
import time

from client import has, resolve, run, write

packages = 'gdnsd'
patience = 30
files = {'/etc/gdnsd/config': 'options => {\n listen => [ 127.0.0.7 ]\n zones_rfc1035_auto => true\n}\n'}
ZONE = '@ SOA ns hostmaster 7 60 60 600 60\n@ NS ns\nns A 127.0.0.1\nwww A 10.1.2.3\n'


def prepare():
    write('/etc/gdnsd/zones/example.test', ZONE)


def ask():
    import socket
    import struct
    for name, expected in (('www', '10.1.2.3'),):
        question = b''.join(bytes([len(part)]) + part.encode() for part in (name, 'example', 'test')) + b'\0'
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(3)
            peer.sendto(struct.pack('>6H', 7, 0, 1, 0, 0, 0) + question + struct.pack('>2H', 1, 1), ('127.0.0.7', 53))
            has(socket.inet_aton(expected), peer.recv(1000))
    has('udp', run('gdnsdctl', 'stats', check=True).stdout)
    name = f'n{time.time_ns()}'
    write('/etc/gdnsd/zones/example.test', f'{ZONE}{name} A 10.9.9.9\n')
    run('gdnsdctl', 'reload-zones', check=True)
    question = b''.join(bytes([len(part)]) + part.encode() for part in (name, 'example', 'test')) + b'\0'
    with socket.create_connection(('127.0.0.7', 53), timeout=5) as peer:
        asked = struct.pack('>6H', 7, 0, 1, 0, 0, 0) + question + struct.pack('>2H', 1, 1)
        peer.sendall(struct.pack('>H', len(asked)) + asked)
        has(socket.inet_aton('10.9.9.9'), peer.recv(1000))
