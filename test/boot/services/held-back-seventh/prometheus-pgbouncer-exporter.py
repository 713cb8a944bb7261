"""Monitoring, in Go, as the database's user, with the service that it watches: figures of a pool of connections."""
from client import page, replace, run, write

packages = 'prometheus-pgbouncer-exporter,pgbouncer'
patience = 30


def prepare():
    write('/etc/pgbouncer/pgbouncer.ini', '[databases]\n[pgbouncer]\nlogfile = /var/log/postgresql/pgbouncer.log\npidfile = /var/run/postgresql/pgbouncer.pid\nlisten_addr = 127.0.0.1\nlisten_port = 6432\nunix_socket_dir = /var/run/postgresql\nauth_type = any\nstats_users = stats\nadmin_users = postgres\nignore_startup_parameters = extra_float_digits\n')
    write('/etc/default/prometheus-pgbouncer-exporter', "PGBOUNCER_EXPORTER_CONNECTION_STRING='postgres://stats@127.0.0.1:6432/pgbouncer?sslmode=disable'\nARGS=''\n")
    run('sh', '-c', 'mkdir -p /var/log/postgresql; chown postgres /var/log/postgresql')


def ask():
    page(9127, '/metrics', '\npgbouncer_up 1')
