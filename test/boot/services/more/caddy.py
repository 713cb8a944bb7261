"""Web server in Go: a page, and its own certificate made and shown."""
import ssl
import socket

from client import page, write

packages = 'caddy'
alone = 'port 80'


def prepare():
    write('/etc/caddy/Caddyfile', '{\n  skip_install_trust\n}\nhttp://:80 {\n  respond "hello"\n}\nhttps://localhost:8443 {\n  tls internal\n  respond "hello"\n}\n')


def ask():
    page(expected='hello')
    context = ssl._create_unverified_context()
    with socket.create_connection(('127.0.0.1', 8443), timeout=5) as peer, context.wrap_socket(peer, server_hostname='localhost') as tls:
        assert tls.getpeercert(True)
