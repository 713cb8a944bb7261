"""Proxy, locks itself into a folder: a page of another server, under another name."""
from client import ORIGIN, append, page

packages = 'haproxy'


def prepare():
    append('/etc/haproxy/haproxy.cfg', f'\nfrontend f\n  bind 127.0.0.1:8088\n  http-request replace-path ^/of/(.*)$ /\\1\n  default_backend b\nbackend b\n  server s 127.0.0.1:{ORIGIN}\n')


def ask():
    page(8088, '/of/x', 'origin')
