"""Database: a value stored, saved to disk, read."""
from client import talk

packages = 'redis-server'


def ask():
    talk(6379, b'SET k v\r\n', b'+OK')
    talk(6379, b'SAVE\r\n', b'+OK')
    talk(6379, b'GET k\r\n', b'v')
