"""DNS: a name resolved."""
from client import resolve

packages = 'unbound'
alone = 'port 53'
files = {'/etc/unbound/unbound.conf.d/x.conf': 'server:\n  local-data: "x.test. A 192.0.2.1"\n'}


def ask():
    resolve(name='x.test', expected='192.0.2.1')
