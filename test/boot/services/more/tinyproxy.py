"""Proxy, becomes a user: a page of another server."""
from client import ORIGIN, page

packages = 'tinyproxy'


def ask():
    page(ORIGIN, expected='origin', proxy='http://127.0.0.1:8888')
