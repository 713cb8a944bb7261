"""Monitoring, in Go, a user of its own: figures of a database, which it asks as a user whose password stands in a file."""
from client import page, run, write

packages = 'prometheus-mysqld-exporter,mariadb-server'
patience = 30


def prepare():
    run('systemctl', 'start', 'mariadb', timeout=120)
    run('mariadb', '-e', "CREATE USER IF NOT EXISTS exporter@localhost IDENTIFIED BY 'secret'; GRANT PROCESS, REPLICATION CLIENT, SELECT ON *.* TO exporter@localhost")
    write('/etc/mysqld-exporter.cnf', '[client]\nuser=exporter\npassword=secret\nsocket=/run/mysqld/mysqld.sock\n', 0o640)
    run('chgrp', 'prometheus', '/etc/mysqld-exporter.cnf')
    write('/etc/default/prometheus-mysqld-exporter', 'ARGS="--config.my-cnf=/etc/mysqld-exporter.cnf"\n')


def ask():
    page(9104, '/metrics', '\nmysql_up 1')
    page(9104, '/metrics', 'mysql_global_status_threads_connected')
