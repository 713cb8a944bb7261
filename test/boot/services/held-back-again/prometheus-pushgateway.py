"""Monitoring, in Go, a user of its own: a figure pushed and read."""
from client import page

packages = 'prometheus-pushgateway'


def ask():
    page(9091, '/metrics/job/j', data=b'figure 7\n', method='PUT')
    page(9091, '/metrics', expected='figure{')
