"""Logins by PAM: a user logs in by key, runs a command, stores a file."""
import os
import shutil

from client import USER, run

packages = 'openssh-server,openssh-client,sudo'
files = {'/etc/sudoers.d/u': f'{USER} ALL=(ALL) NOPASSWD: ALL\n'}
OPTIONS = ['-i', '/tmp/ssh-key', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'BatchMode=yes']


def prepare():
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/tmp/ssh-key', check=True)
    os.makedirs(f'/home/{USER}/.ssh', exist_ok=True)
    shutil.copy('/tmp/ssh-key.pub', f'/home/{USER}/.ssh/authorized_keys')


def ask():
    said = run('ssh', *OPTIONS, f'{USER}@127.0.0.1', 'id -un; echo hello > kept-by-ssh; sudo id -u', check=True)
    assert said.stdout.split() == [USER, '0'], said.stdout
    run('scp', *OPTIONS, '/etc/hostname', f'{USER}@127.0.0.1:/tmp/kept-by-scp', check=True)
    os.unlink('/tmp/kept-by-scp')
