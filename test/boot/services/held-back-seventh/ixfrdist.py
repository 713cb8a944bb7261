"""DNS, hands zones on, starts as root and becomes a user, locked in already: a zone fetched from another server, kept in a folder, and its first record asked for, by UDP and whole by TCP."""
import glob
import socket
import struct

from client import has, run, write

packages = 'pdns-ixfrdist,nsd'
patience = 30
ZONE = '$ORIGIN example.test.\n$TTL 60\n@ SOA ns hostmaster 7 60 60 600 60\n@ NS ns\nns A 127.0.0.1\nwww A 10.1.2.3\n'
files = {
    '/etc/powerdns/ixfrdist.yml': "listen:\n  - '127.0.0.1:5321'\nwork-dir: '/var/lib/ixfrdist'\nuid: _ixfrdist\ngid: _ixfrdist\ndomains:\n  - domain: example.test\n    master: 127.0.0.1:5320\n",
    '/root/nsd/example.test': ZONE,
    '/root/nsd/nsd.conf': 'server:\n  ip-address: 127.0.0.1@5320\n  username: ""\n  database: ""\n  pidfile: "/root/nsd/pid"\n  xfrdfile: "/root/nsd/xfrd"\n  zonelistfile: "/root/nsd/zones"\n  zonesdir: "/root/nsd"\n  xfrdir: "/root/nsd"\nremote-control:\n  control-enable: no\nzone:\n  name: example.test\n  zonefile: example.test\n  provide-xfr: 127.0.0.1 NOKEY\n',
}


def prepare():
    run('systemd-run', '-u', 'nsd-of-ixfrdist', 'nsd', '-d', '-c', '/root/nsd/nsd.conf')


def question(kind):
    return struct.pack('>6H', 7, 0, 1, 0, 0, 0) + b'\x07example\x04test\0' + struct.pack('>2H', kind, 1)


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(question(6), ('127.0.0.1', 5321))
        has(b'hostmaster', peer.recv(1000))
    with socket.create_connection(('127.0.0.1', 5321), timeout=5) as peer:
        asked = question(252)
        peer.sendall(struct.pack('>H', len(asked)) + asked)
        said = b''
        while socket.inet_aton('10.1.2.3') not in said:
            more = peer.recv(4096)
            assert more, said
            said += more
    assert glob.glob('/var/lib/ixfrdist/example.test*/*')
