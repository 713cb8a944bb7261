"""Broker: a message published, kept, and got by a subscriber."""
from client import talk

packages = 'mosquitto'
CONNECT = b'\x10\x0d\x00\x04MQTT\x04\x02\x00\x3c\x00\x01a'


def ask():
    talk(1883, [CONNECT, b'\x31\x06\x00\x01tabc\x82\x06\x00\x01\x00\x01t\x00'], b'abc')
