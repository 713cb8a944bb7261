"""TLS before another server, workers that become a user: its page by TLS, with the peer's address told before it."""
import socket
import ssl

from client import has, run

packages = 'hitch,openssl'
files = {'/etc/hitch/hitch.conf': 'frontend = "[127.0.0.1]:8413"\nbackend = "[127.0.0.1]:8900"\npem-file = "/etc/hitch/test.pem"\nworkers = 2\nuser = "_hitch"\ngroup = "_hitch"\n'}


def prepare():
    run('sh', '-c', 'cd /etc/hitch && openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -keyout k -out c 2>/dev/null && cat k c > test.pem; chmod 600 test.pem')


def ask():
    context = ssl._create_unverified_context()
    with socket.create_connection(('127.0.0.1', 8413), timeout=5) as plain, context.wrap_socket(plain) as peer:
        peer.sendall(b'GET / HTTP/1.0\r\n\r\n')
        said = b''
        while part := peer.recv(1000):
            said += part
    has(b'origin', said)
