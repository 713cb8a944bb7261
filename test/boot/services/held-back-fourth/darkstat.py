"""Monitoring by raw packets, locks itself in, becomes a user: a page that counts what it heard."""
from client import page, write

packages = 'darkstat'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 30


def prepare():
    write('/etc/darkstat/init.cfg', 'START_DARKSTAT=yes\nINTERFACE="-i lo"\nPORT="-p 667"\n')


def ask():
    page(667, '/', 'darkstat')
    page(667, '/hosts/', '127.0.0.1')
