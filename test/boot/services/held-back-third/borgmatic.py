"""Backup, by a timer, locked in already, with a command before: homes saved, and listed."""
import os

from client import USER, has, run, write

packages = 'borgmatic'
control = 'ProtectHome=yes'
patience = 60
files = {
    f'/home/{USER}/kept-by-borgmatic': 'kept\n',
    '/etc/borgmatic/config.yaml': f'source_directories:\n    - /home/{USER}\nrepositories:\n    - path: /var/backups/borgmatic.borg\nencryption_passphrase: ""\nbefore_actions:\n    - date > /var/backups/borgmatic-began\nkeep_daily: 7\n',
    '/etc/systemd/system/borgmatic.service.d/now.conf': '[Service]\nLoadCredentialEncrypted=\nExecStartPre=\n',
}
ENVIRONMENT = {'BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK': 'yes', 'BORG_RELOCATED_REPO_ACCESS_IS_OK': 'yes', 'HOME': '/root', 'PATH': '/usr/bin:/bin'}


def prepare():
    os.makedirs('/var/backups', exist_ok=True)
    run('borg', 'init', '-e', 'none', '/var/backups/borgmatic.borg', env=ENVIRONMENT, check=True)


def ask():
    listed = run('borg', 'list', '/var/backups/borgmatic.borg', '--last', '1', '--short', env=ENVIRONMENT, check=True).stdout.strip()
    assert listed, 'no archive'
    has('kept-by-borgmatic', run('borg', 'list', f'/var/backups/borgmatic.borg::{listed}', env=ENVIRONMENT, check=True).stdout)
    run('borg', 'delete', f'/var/backups/borgmatic.borg::{listed}', env=ENVIRONMENT)
    os.unlink('/var/backups/borgmatic-began')
