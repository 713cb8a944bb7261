"""Monitoring, in Go, a user of its own: processes of others, with what they have open."""
from client import page

packages = 'prometheus-process-exporter'
files = {'/etc/default/prometheus-process-exporter': 'ARGS="-procnames systemd,dbus-daemon"\n'}
control = 'ProtectProc=invisible'


def ask():
    page(9256, '/metrics', expected='namedprocess_namegroup_num_procs{groupname="systemd"}')
