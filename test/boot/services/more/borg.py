"""Backup, as a user, commands in the unit: its home saved and listed."""
import os
import shutil

from client import USER, run

packages = 'borgbackup'
patience = 30
control = 'ProtectHome=tmpfs'
files = {
    '/etc/systemd/system/borg.service': f"""[Unit]
Description=Backup by Borg

[Service]
Type=oneshot
User={USER}
Environment=BORG_REPO=/home/{USER}/borg
ExecStartPre=/bin/sh -c 'borg info >/dev/null 2>&1 || borg init -e none'
ExecStart=/usr/bin/borg create --stats ::{{now:%%s%%f}} /home/{USER}/documents
ExecStart=/usr/bin/borg prune --keep-last 3
""",
    f'/home/{USER}/documents/kept': 'kept\n',
}


def ask():
    listed = run('runuser', '-u', USER, '--', 'borg', 'list', '--last', '1', f'/home/{USER}/borg', '--short', cwd='/', check=True, env={'HOME': f'/home/{USER}', 'PATH': '/usr/bin:/usr/sbin'})
    assert listed.stdout.strip()
    run('rm', '-rf', f'/home/{USER}/borg')
