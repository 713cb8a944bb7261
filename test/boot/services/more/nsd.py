"""DNS, becomes a user: a name of a zone of its own resolved."""
from client import resolve

packages = 'nsd'
alone = 'port 53'
files = {
    '/etc/nsd/nsd.conf.d/x.conf': 'server:\n  ip-address: 127.0.0.1\nzone:\n  name: x\n  zonefile: /etc/nsd/x.zone\n',
    '/etc/nsd/x.zone': '$ORIGIN x.\n$TTL 60\n@ SOA ns.x. a.x. 1 60 60 60 60\n@ NS ns.x.\nns A 192.0.2.2\nwww A 192.0.2.1\n',
}


def ask():
    resolve(name='www.x', expected='192.0.2.1')
