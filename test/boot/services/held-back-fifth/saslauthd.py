"""Says whether a password is right, for mail servers, by PAM, forks: a right one and a wrong one of a user's."""
from client import USER, has, run

packages = 'sasl2-bin'
control = 'InaccessiblePaths=/etc/shadow'


def prepare():
    run('chpasswd', input=f'{USER}:a-word')


def ask():
    has('OK', run('testsaslauthd', '-u', USER, '-p', 'a-word', '-f', '/var/run/saslauthd/mux').stdout)
    assert 'NO' in run('testsaslauthd', '-u', USER, '-p', 'another', '-f', '/var/run/saslauthd/mux').stdout
