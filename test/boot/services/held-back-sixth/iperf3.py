"""Measures the network, a user of its own: a second of bytes both ways, by TCP and by UDP."""
from client import has, run

packages = 'iperf3'


def ask():
    has('receiver', run('iperf3', '-c', '127.0.0.1', '-n', '1M', check=True).stdout)
    has('receiver', run('iperf3', '-c', '127.0.0.1', '-u', '-R', '-n', '100K', check=True).stdout)
