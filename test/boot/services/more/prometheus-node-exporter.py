"""Monitoring, in Go: figures of processors, disks and units."""
from client import page

packages = 'prometheus-node-exporter'
reload = False  # it ends at the signal, as it is installed


def ask():
    page(9100, '/metrics', 'node_cpu_seconds_total')
    page(9100, '/metrics', 'node_filesystem_size_bytes')
