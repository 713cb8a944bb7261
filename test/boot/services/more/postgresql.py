"""Database, of a template: a table made, filled, read, by a socket and by TCP."""
import os
import struct

from client import run, talk

packages = 'postgresql'
unit = f'postgresql@{os.listdir("/etc/postgresql")[0]}-main.service'
SQL = 'create table if not exists t (a int); insert into t values (1); checkpoint; vacuum; select count(*) > 0 from t'


def ask():
    # As from another host: what it says of the greeting of a client that asks for encryption.
    talk(5432, struct.pack('>2I', 8, 80877103), b'S')
    said = run('runuser', '-u', 'postgres', '--', 'psql', '-tA', *(word for part in SQL.split('; ') for word in ('-c', part)), check=True, cwd='/')
    assert said.stdout.strip().endswith('t'), said.stdout
