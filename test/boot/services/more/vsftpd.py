"""Files, logs users in by PAM, locks them in: one stored, the folder listed."""
import ftplib

from client import append, run

packages = 'vsftpd'


def prepare():
    run('useradd', '-m', 'ftpuser')
    run('chpasswd', input='ftpuser:secret-word\n')
    append('/etc/vsftpd.conf', '\nwrite_enable=YES\n')


def ask():
    with ftplib.FTP('127.0.0.1', timeout=10) as peer:
        peer.login('ftpuser', 'secret-word')
        with open('/etc/hostname', 'rb') as file:
            peer.storbinary('STOR x', file)
        assert 'x' in peer.nlst()
