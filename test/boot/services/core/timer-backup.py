"""Backup, by a timer, as root: an archive of /home and /etc, owners and links kept."""
from client import USER, fresh, run

unit = 'timer-backup.service'
starts = 'timer-backup.timer'
control = 'ProtectHome=yes'
files = {
    '/etc/systemd/system/timer-backup.service': """[Unit]
Description=Archive of the homes

[Service]
Type=oneshot
ExecStart=/usr/local/bin/archive-homes
""",
    '/etc/systemd/system/timer-backup.timer': """[Unit]
Description=Archive of the homes

[Timer]
OnActiveSec=1s
OnUnitInactiveSec=2s
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
    '/usr/local/bin/archive-homes': """#!/bin/sh
set -e
mkdir -p /var/backups/homes
# 1: a file changed meanwhile
tar -C / -czf /var/backups/homes/new.tar.gz home etc || [ $? -eq 1 ]
mv /var/backups/homes/new.tar.gz /var/backups/homes/last.tar.gz
""",
    f'/home/{USER}/kept': 'kept\n',
}


def ask():
    listed = run('tar', '-tvzf', '/var/backups/homes/last.tar.gz', check=True).stdout
    assert f'home/{USER}/kept' in listed and 'etc/shadow' in listed
    fresh('/var/backups/homes/last.tar.gz')
