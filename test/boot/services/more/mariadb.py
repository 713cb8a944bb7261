"""Database: a table made, filled, read."""
from client import run

packages = 'mariadb-server'
control = 'ReadOnlyPaths=/var/lib/mysql'
patience = 40


def ask():
    said = run('mariadb', '-N', '-e', 'create database if not exists d; create or replace table d.t (a int) engine=innodb; insert into d.t values (7); select a from d.t', check=True)
    assert said.stdout.strip() == '7', said.stdout
