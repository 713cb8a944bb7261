"""DNS by PowerDNS, with SQLite: a name of a zone that is put into its database while it runs."""
from client import resolve, run, write

packages = 'pdns-server,pdns-backend-sqlite3,sqlite3'
patience = 30


def prepare():
    write('/etc/powerdns/pdns.conf', 'launch=gsqlite3\ngsqlite3-database=/var/lib/powerdns/x.sqlite3\nlocal-address=127.0.0.1\nlocal-port=5310\nsetuid=pdns\nsetgid=pdns\nzone-cache-refresh-interval=0\nquery-cache-ttl=0\nnegquery-cache-ttl=0\n')
    run('rm', '-rf', '/etc/powerdns/pdns.d')
    run('sh', '-c', 'sqlite3 /var/lib/powerdns/x.sqlite3 < /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql; chown pdns:pdns /var/lib/powerdns/x.sqlite3')


def ask():
    run('pdnsutil', 'create-zone', 'x.test')
    run('pdnsutil', 'replace-rrset', 'x.test', 'a', 'A', '192.0.2.9', check=True)
    run('pdns_control', 'rping', check=True)
    resolve(5310, 'a.x.test', '192.0.2.9')
