"""Proxy, of a template: its version and its state, asked by its own socket."""
from client import append, read, talk

packages = 'tor'
unit = 'tor@default.service'
patience = 30


def prepare():
    append('/etc/tor/torrc', 'ControlPort 127.0.0.1:9051\nCookieAuthentication 0\nDisableNetwork 0\nHiddenServiceDir /var/lib/tor/here\nHiddenServicePort 80 127.0.0.1:8900\n')


def ask():
    talk(9051, b'AUTHENTICATE\r\nGETINFO version\r\n', b'250 OK')
    assert read('/var/lib/tor/here/hostname').strip().endswith('.onion')
    talk(9050, b'\x05\x01\x00', b'\x05\x00')
