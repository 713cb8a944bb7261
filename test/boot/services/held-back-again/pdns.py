"""DNS, becomes a user: a name of a zone of its own resolved."""
from client import resolve, write

packages = 'pdns-server,pdns-backend-bind'


def prepare():
    write('/var/lib/powerdns/x.zone', '$ORIGIN x.\n$TTL 60\n@ SOA ns.x. a.x. 1 60 60 60 60\n@ NS ns.x.\nns A 192.0.2.2\nwww A 192.0.2.1\n')
    write('/etc/powerdns/named.conf', 'zone "x" { type master; file "/var/lib/powerdns/x.zone"; };\n')
    write('/etc/powerdns/pdns.conf', 'launch=bind\nbind-config=/etc/powerdns/named.conf\nlocal-address=127.0.0.1\nsetuid=pdns\nsetgid=pdns\n')


def ask():
    resolve(name='www.x', expected='192.0.2.1')
