"""Monitoring, in Go, a database of its own: figures got from another server, asked for."""
from client import page

packages = 'prometheus'
patience = 40


def ask():
    page(9090, '/api/v1/query?query=up', '"job":"prometheus"')
