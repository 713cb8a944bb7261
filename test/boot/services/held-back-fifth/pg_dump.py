"""A database dumped, of a template, as its user, a folder made by root before: the dump of a table, and old ones gone."""
import glob
import os
import shutil
import time

from client import has, run

packages = 'postgresql'
version = os.listdir('/etc/postgresql')[0]
unit = 'pg_dump@.service'
starts = f'pg_dump@{version}-main.service'
control = 'ReadOnlyPaths=/var/backups'
patience = 40


def prepare():
    run('systemctl', 'start', f'postgresql@{version}-main.service')
    run('runuser', '-u', 'postgres', '--', 'psql', '-c', 'create table kept_too (a int)', cwd='/')


def ask():
    kept = glob.glob('/var/backups/postgresql/*/*.dump/postgres.dump')
    assert kept
    has('kept_too', run('pg_restore', '-l', max(kept), check=True).stdout)
    for folder in glob.glob('/var/backups/postgresql/*/*.dump'):
        shutil.rmtree(folder)
