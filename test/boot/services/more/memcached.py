"""Cache: a value stored and read."""
from client import talk

packages = 'memcached'


def ask():
    talk(11211, b'set k 0 0 1\r\nv\r\n', b'STORED')
    talk(11211, b'get k\r\n', b'VALUE k 0 1')
