"""Broker in Go: a message published and got."""
from client import talk

packages = 'nats-server'


def ask():
    talk(4222, [b'CONNECT {"verbose":false}\r\nSUB s 1\r\nPUB s 5\r\nhello\r\nPING\r\n'], b'hello')
