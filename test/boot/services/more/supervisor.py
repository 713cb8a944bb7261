"""Runs what it is told to, as users: a program's answer, its log."""
import os

from client import USER, talk

packages = 'supervisor,socat'
files = {'/etc/supervisor/conf.d/x.conf': f'[program:x]\ncommand=/usr/bin/socat TCP-LISTEN:8026,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"id -un"\nuser={USER}\nautorestart=true\nstdout_logfile=/var/log/supervisor/x.log\n'}


def ask():
    talk(8026, b'', f'{USER}\n'.encode())
    assert os.path.exists('/var/log/supervisor/x.log')
