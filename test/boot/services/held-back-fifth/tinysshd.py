"""Logins by key, socket activation, an instance a connection: a user logs in, runs a command, and stores a file in the home and in /tmp."""
import os
import shutil

from client import USER, run

packages = 'tinysshd,openssh-client'
unit = 'tinysshd@.service'
starts = 'tinysshd.socket'
alone = 'port 22'
control = 'ProtectHome=yes'
OPTIONS = ['-i', '/root/tiny-key', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'BatchMode=yes']


def prepare():
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/root/tiny-key', check=True)
    os.makedirs(f'/home/{USER}/.ssh', exist_ok=True)
    shutil.copy('/root/tiny-key.pub', f'/home/{USER}/.ssh/authorized_keys')
    run('chmod', '700', f'/home/{USER}/.ssh')


def ask():
    said = run('ssh', *OPTIONS, f'{USER}@127.0.0.1', 'id -un; echo hello > kept-by-tiny; echo hello > /tmp/kept-by-tiny; su -c true 2>/dev/null; echo $?', check=True)
    assert said.stdout.split()[0] == USER, said.stdout
    os.unlink('/tmp/kept-by-tiny')
    os.unlink(f'/home/{USER}/kept-by-tiny')
