"""Mail, rewrites senders, from a script, locks itself in, becomes a user: an address rewritten, and back."""
import socket

from client import write

packages = 'postsrsd'
control = 'CapabilityBoundingSet=~CAP_SETUID'


def prepare():
    write('/etc/default/postsrsd', 'SRS_DOMAIN=example.org\nSRS_EXCLUDE_DOMAINS=\nSRS_SEPARATOR==\nSRS_SECRET=/etc/postsrsd.secret\nRUN_AS=postsrsd\nCHROOT=/var/lib/postsrsd\nSRS_FORWARD_PORT=10001\nSRS_REVERSE_PORT=10002\n')
    write('/etc/postsrsd.secret', 'a-secret-of-some-length\n', 0o600)


def get(port, word):
    with socket.create_connection(('127.0.0.1', port), timeout=5) as peer:
        peer.sendall(f'get {word}\n'.encode())
        said = peer.recv(200).decode()
    assert said.startswith('200 '), said
    return said[4:].strip()


def ask():
    assert get(10002, get(10001, 'a@other.test')) == 'a@other.test'
