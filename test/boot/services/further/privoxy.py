"""Proxy, becomes a user: a page of another server."""
from client import ORIGIN, page

packages = 'privoxy'


def ask():
    page(ORIGIN, '/', 'origin', proxy='http://127.0.0.1:8118')
