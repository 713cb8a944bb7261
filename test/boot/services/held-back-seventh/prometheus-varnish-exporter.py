"""Monitoring, in Go, a user of its own in a group of another service: figures of a cache, told by a program that reads its memory."""
from client import page, run

packages = 'prometheus-varnish-exporter,varnish'
patience = 30
control = 'InaccessiblePaths=/usr/bin/varnishstat'


def prepare():
    run('systemctl', 'start', 'varnish')


def ask():
    page(9131, '/metrics', '\nvarnish_up 1')
    page(9131, '/metrics', 'varnish_main_sessions')
