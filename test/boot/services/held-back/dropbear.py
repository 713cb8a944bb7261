"""Logins: a user logs in by key and stores a file."""
import os
import shutil

from client import USER, run

packages = 'dropbear-bin,dropbear,openssh-client'
OPTIONS = ['-p', '22', '-i', '/tmp/ssh-key', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'BatchMode=yes']


def prepare():
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/tmp/ssh-key', check=True)
    os.makedirs(f'/home/{USER}/.ssh', exist_ok=True)
    shutil.copy('/tmp/ssh-key.pub', f'/home/{USER}/.ssh/authorized_keys')


def ask():
    said = run('ssh', *OPTIONS, f'{USER}@127.0.0.1', 'id -un; echo x > kept-by-dropbear; date > /tmp/kept-by-dropbear', check=True)
    assert said.stdout.split() == [USER], said.stdout
    os.unlink('/tmp/kept-by-dropbear')
