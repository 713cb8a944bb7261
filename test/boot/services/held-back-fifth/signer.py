"""A program of our own, as a user, that has gpg and its agent sign what comes into a folder: the signature held to be good."""
import os
import time

from client import USER, run, write

packages = 'gnupg'
control = 'ReadOnlyPaths=/srv'
patience = 40
files = {
    '/etc/systemd/system/signer.service': f"""[Unit]
Description=Sign what goes out

[Service]
User={USER}
ExecStart=/opt/signer/bin/signer /srv/outbox
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/signer/bin/signer': """#!/usr/bin/python3
import os, pathlib, subprocess, sys, time
folder = pathlib.Path(sys.argv[1])
while True:
    for path in folder.glob('*.txt'):
        signed = path.with_suffix('.txt.asc')
        if not signed.exists():
            subprocess.run(['gpg', '--batch', '--yes', '--armor', '--detach-sign', '--output', signed, path], check=True)
    time.sleep(0.3)
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /srv/outbox && chown {USER} /srv/outbox')
    run('runuser', '-u', USER, '--', 'env', f'HOME=/home/{USER}', 'gpg', '--batch', '--passphrase', '', '--quick-generate-key', 'signer@localhost', 'ed25519', 'sign', 'never', cwd='/')
    run('runuser', '-u', USER, '--', 'env', f'HOME=/home/{USER}', 'gpgconf', '--kill', 'all', cwd='/')


def ask():
    path = '/srv/outbox/letter.txt'
    for old in (path, f'{path}.asc'):
        if os.path.exists(old):
            os.unlink(old)
    write(path, 'a letter')
    for _ in range(20):
        time.sleep(0.3)
        if os.path.exists(f'{path}.asc'):
            break
    time.sleep(0.3)
    run('runuser', '-u', USER, '--', 'env', f'HOME=/home/{USER}', 'gpg', '--verify', f'{path}.asc', path, check=True, cwd='/')
