"""A timer's job of our own, as root, from a script, that becomes the database's user: databases dumped, packed, old ones taken away."""
import glob
import os

from client import has, run

packages = 'postgresql'
starts = 'db-dumps.timer'
control = 'CapabilityBoundingSet=~CAP_SETUID'
patience = 40
files = {
    '/etc/systemd/system/db-dumps.service': """[Unit]
Description=Dump all databases
Wants=postgresql.service
After=postgresql.service

[Service]
Type=oneshot
Nice=19
IOSchedulingClass=idle
EnvironmentFile=-/etc/default/db-dumps
ExecStart=/usr/local/sbin/db-dumps
""",
    '/etc/systemd/system/db-dumps.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    '/etc/default/db-dumps': 'DAYS=7\nKEEP=/srv/dumps\n',
    '/usr/local/sbin/db-dumps': """#!/bin/bash
set -eo pipefail
mkdir -p "$KEEP"
chmod 700 "$KEEP"
for db in $(runuser -u postgres -- psql -tAc "select datname from pg_database where not datistemplate"); do
  su postgres -c "pg_dump $db" | gzip > "$KEEP/$db-$(date +%s).sql.gz"
done
find "$KEEP" -name '*.sql.gz' -mtime "+$DAYS" -delete
""",
}


def prepare():
    version = os.listdir('/etc/postgresql')[0]
    run('systemctl', 'start', f'postgresql@{version}-main.service')
    run('runuser', '-u', 'postgres', '--', 'psql', '-c', 'create table kept (a int)', cwd='/')


def ask():
    dumps = glob.glob('/srv/dumps/postgres-*.sql.gz')
    assert dumps
    last = max(dumps)
    has('public.kept', run('zcat', last, check=True).stdout)
    for path in dumps:
        os.unlink(path)
