"""Broker: a job put and taken."""
from client import talk

packages = 'beanstalkd'


def ask():
    talk(11300, [b'put 1 0 60 5\r\nhello\r\n', b'reserve-with-timeout 2\r\n'], b'hello')
