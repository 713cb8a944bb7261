"""Monitoring, in Go, a user of its own, locked in somewhat: figures of a device of the network, asked by SNMP."""
from client import page, run

packages = 'prometheus-snmp-exporter,snmpd'


def prepare():
    run('systemd-run', '-u', 'snmpd-of-exporter', 'snmpd', '-f', '-C', '-c', '/root/snmpd.conf', 'udp:127.0.0.1:161')


files = {
    '/etc/prometheus/snmp.yml': 'auths:\n  public_v2:\n    community: public\n    version: 2\nmodules:\n  if_mib:\n    get:\n    - 1.3.6.1.2.1.1.3.0\n    metrics:\n    - name: sysUpTime\n      oid: 1.3.6.1.2.1.1.3\n      type: gauge\n      help: up\n',
    '/root/snmpd.conf': 'rocommunity public 127.0.0.1\n',
}


def ask():
    page(9116, '/snmp?target=127.0.0.1&module=if_mib', 'sysUpTime')
    page(9116, '/metrics', 'snmp_')
