"""DNS: a name of a zone of its own resolved."""
from client import append, resolve

packages = 'bind9'
alone = 'port 53'
files = {'/etc/bind/db.x': '$TTL 60\n@ SOA ns.x. a.x. 1 60 60 60 60\n@ NS ns.x.\nns A 192.0.2.2\nwww A 192.0.2.1\n'}


def prepare():
    append('/etc/bind/named.conf.local', 'zone "x" { type primary; file "/etc/bind/db.x"; };\n')


def ask():
    resolve(name='www.x', expected='192.0.2.1')
