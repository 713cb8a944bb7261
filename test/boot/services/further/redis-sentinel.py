"""Watches databases, and keeps what it is told in its own configuration: one named, and written down."""
from client import has, read, run

packages = 'redis-sentinel,redis-tools'
unit = 'redis-sentinel.service'


def ask():
    cli = lambda *words: run('redis-cli', '-p', '26379', *words, check=True).stdout
    cli('sentinel', 'remove', 'one')
    has('OK', cli('sentinel', 'monitor', 'one', '127.0.0.1', '6390', '1'))
    has('monitor one 127.0.0.1 6390', read('/etc/redis/sentinel.conf'))
    has('OK', cli('sentinel', 'flushconfig'))
