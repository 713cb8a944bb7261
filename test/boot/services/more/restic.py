"""Backup, as root, from a script: homes saved, restored, compared with their owners."""
import os
import shutil

from client import USER, run

packages = 'restic'
patience = 30
control = 'ProtectHome=tmpfs'
files = {
    '/etc/systemd/system/restic.service': """[Unit]
Description=Backup

[Service]
Type=oneshot
EnvironmentFile=/etc/restic.env
ExecStart=/usr/local/bin/save-homes
""",
    '/etc/restic.env': 'RESTIC_REPOSITORY=/srv/restic\nRESTIC_PASSWORD=secret-word\nRESTIC_CACHE_DIR=/var/cache/restic\n',
    '/usr/local/bin/save-homes': """#!/bin/bash
set -eu
restic cat config >/dev/null 2>&1 || restic init
restic backup --quiet /home /etc
restic forget --quiet --keep-last 3 --prune
""",
    f'/home/{USER}/kept-by-restic': 'kept\n',
}


def ask():
    shutil.rmtree('/tmp/restored', ignore_errors=True)
    run('restic', '-r', '/srv/restic', 'restore', 'latest', '--target', '/tmp/restored', '--include', '/home', check=True, env={**os.environ, 'RESTIC_PASSWORD': 'secret-word'})
    assert os.stat(f'/tmp/restored/home/{USER}/kept-by-restic').st_uid == 1000
