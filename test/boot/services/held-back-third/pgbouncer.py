"""Proxy for databases, as a user, tells when it is ready: asked for its version by its own socket, and by TCP."""
from client import has, run, write

packages = 'pgbouncer,postgresql-client'


def prepare():
    write('/etc/pgbouncer/userlist.txt', '"keeper" "secret-word"\n')
    write('/etc/pgbouncer/pgbouncer.ini', '[databases]\n* = host=127.0.0.1\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = 6432\nauth_type = scram-sha-256\nauth_file = /etc/pgbouncer/userlist.txt\nadmin_users = keeper\n')
    run('chown', 'postgres:postgres', '/etc/pgbouncer/userlist.txt', '/etc/pgbouncer/pgbouncer.ini')


def ask():
    for host in ('/tmp', '127.0.0.1'):
        has('pgbouncer', run('psql', f'host={host} port=6432 user=keeper password=secret-word dbname=pgbouncer', '-tAc', 'show databases', check=True).stdout)
