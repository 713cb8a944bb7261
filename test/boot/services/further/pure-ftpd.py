"""Files, a script of init, logs users in by PAM: one stored."""
import ftplib
import io

from client import USER, run

packages = 'pure-ftpd'
patience = 30


def prepare():
    run('chpasswd', input=f'{USER}:secret\n')


def ask():
    with ftplib.FTP(timeout=10) as peer:
        peer.connect('127.0.0.1', 21)
        peer.login(USER, 'secret')
        peer.storbinary('STOR ftp-x', io.BytesIO(b'x'))
        assert 'ftp-x' in peer.nlst()
        peer.delete('ftp-x')
