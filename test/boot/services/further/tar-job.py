"""A timer's job as root, in the unit: an archive of homes and settings, with their owners, in a folder that it makes."""
import os

from client import USER, fresh, run

starts = 'tar-job.timer'
control = 'CapabilityBoundingSet=~CAP_DAC_READ_SEARCH CAP_DAC_OVERRIDE'
files = {
    '/etc/systemd/system/tar-job.service': """[Unit]
Description=Nightly archive

[Service]
Type=oneshot
ExecStartPre=/bin/mkdir -p /var/backups/night
ExecStart=/bin/tar -C / --warning=no-file-changed -czf /var/backups/night/all.tar.gz home etc
ExecStartPost=/usr/bin/find /var/backups/night -name '*.old' -delete
""",
    '/etc/systemd/system/tar-job.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n',
}


def prepare():
    os.makedirs(f'/home/{USER}/own', mode=0o700, exist_ok=True)
    with open(f'/home/{USER}/own/letter', 'w') as file:
        file.write('dear')
    run('chown', '-R', f'{USER}:{USER}', f'/home/{USER}')


def ask():
    listed = run('tar', '-tvzf', '/var/backups/night/all.tar.gz').stdout
    assert any('own/letter' in line and f'{USER}/{USER}' in line for line in listed.splitlines()), listed[-200:]
    assert 'etc/passwd' in listed
    fresh('/var/backups/night/all.tar.gz')
