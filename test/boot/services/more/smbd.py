"""Files, becomes whom it serves: one stored in a share, as a user that it logs in."""
import os

from client import USER, append, run

packages = 'samba,smbclient'
patience = 30


def prepare():
    run('smbpasswd', '-s', '-a', USER, input='secret-word\nsecret-word\n', check=True)
    append('/etc/samba/smb.conf', f'\n[shared]\n  path = /srv/shared\n  writable = yes\n  valid users = {USER}\n')
    os.makedirs('/srv/shared')
    run('chown', USER, '/srv/shared')


def ask():
    run('smbclient', '-U', f'{USER}%secret-word', '//127.0.0.1/shared', '-c', 'put /etc/hostname x', check=True)
    assert os.stat('/srv/shared/x').st_uid == 1000
    os.unlink('/srv/shared/x')
