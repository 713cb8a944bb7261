"""Logins for networks: a user let in, another not."""
from client import run

packages = 'freeradius,freeradius-utils'
patience = 30


def prepare():
    with open('/etc/freeradius/3.0/mods-config/files/authorize', 'r+') as file:
        text = file.read()
        file.seek(0)
        file.write('someone Cleartext-Password := "secret-word"\n' + text)


def ask():
    assert 'Access-Accept' in run('radtest', 'someone', 'secret-word', '127.0.0.1', '0', 'testing123').stdout
    assert 'Access-Reject' in run('radtest', 'someone', 'other', '127.0.0.1', '0', 'testing123').stdout
