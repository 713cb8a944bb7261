"""DNS: a name of a zone of its own resolved."""
from client import resolve, write

packages = 'knot'
files = {'/var/lib/knot/x.zone': '$ORIGIN x.\n$TTL 60\n@ SOA ns.x. a.x. 1 60 60 60 60\n@ NS ns.x.\nns A 192.0.2.2\nwww A 192.0.2.1\n'}


def prepare():
    write('/etc/knot/knot.conf', 'server:\n  listen: 127.0.0.1@53\nlog:\n  - target: syslog\n    any: info\ndatabase:\n  storage: /var/lib/knot\nzone:\n  - domain: x\n    storage: /var/lib/knot\n    file: x.zone\n')


def ask():
    resolve(name='www.x', expected='192.0.2.1')
