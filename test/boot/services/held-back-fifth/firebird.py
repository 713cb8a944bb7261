"""Database, a guard that forks a server, as a user: a database made, a table filled and read, by TCP, copied by its own program, and gone again."""
import time

from client import has, read, run, write

packages = 'firebird4.0-server,firebird4.0-utils'
unit = 'firebird4.0.service'
patience = 30


def prepare():
    write('/root/keeper.sql', "create or alter user sysdba password 'aword';\ncommit;\n")
    run('runuser', '-u', 'firebird', '--', 'isql-fb', '-user', 'sysdba', '/var/lib/firebird/4.0/system/security4.fdb', input=read('/root/keeper.sql'), check=True, cwd='/')


def ask():
    who = ['-user', 'sysdba', '-password', 'aword']
    path = f'/var/lib/firebird/4.0/data/x{time.monotonic_ns()}.fdb'
    file = f'localhost:{path}'
    sql = f"create database '{file}' user 'sysdba' password 'aword';\ncreate table t (a int);\ncommit;\ninsert into t values (42);\ncommit;\nselect a * 2 from t;\n"
    try:
        has(' 84', run('isql-fb', '-q', input=sql, cwd='/root').stdout)
        run('gbak', '-b', '-se', 'localhost:service_mgr', path, path.replace('fdb', 'fbk'), *who, check=True)
    finally:
        run('isql-fb', *who, file, input='drop database;\n', cwd='/root')
