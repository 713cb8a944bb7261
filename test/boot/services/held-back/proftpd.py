"""Files, logs users in by PAM, keeps a list of capabilities: one stored, the folder listed."""
import ftplib

from client import run

packages = 'proftpd-core'


def prepare():
    run('useradd', '-m', 'ftpuser')
    run('chpasswd', input='ftpuser:secret-word\n')
    run('usermod', '-s', '/bin/bash', 'ftpuser')


def ask():
    with ftplib.FTP('127.0.0.1', timeout=15) as peer:
        peer.login('ftpuser', 'secret-word')
        with open('/etc/hostname', 'rb') as file:
            peer.storbinary('STOR x', file)
        assert 'x' in peer.nlst()
