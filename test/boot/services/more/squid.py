"""Proxy with a cache, becomes a user: a page of another server."""
from client import ORIGIN, page

packages = 'squid'
patience = 30


def ask():
    page(ORIGIN, expected='origin', proxy='http://127.0.0.1:3128')
