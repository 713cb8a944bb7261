"""A job of a user's, by a line of shell, that sends a letter by mail and a set-group-ID sendmail: the letter in the mailbox."""
from client import USER, read, run, write

packages = 'bsd-mailx,dma'
starts = 'mail-report.timer'
control = 'NoNewPrivileges=yes'
patience = 40
files = {
    '/etc/systemd/system/mail-report.service': f"""[Unit]
Description=How full the disks are

[Service]
Type=oneshot
User={USER}
ExecStart=/bin/sh -c 'df -h / | mail -s "disks of $$(hostname)" {USER}'
TimeoutStopSec=5
KillMode=process
""",
    '/etc/systemd/system/mail-report.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
}


def prepare():
    run('sh', '-c', f'echo test > /etc/mailname; touch /var/mail/{USER}; chown {USER}:mail /var/mail/{USER}; chmod 660 /var/mail/{USER}')


def ask():
    assert 'Subject: disks of' in read(f'/var/mail/{USER}')
    run('truncate', '-s', '0', f'/var/mail/{USER}')
