"""A user's timer: the home packed into a folder that all may read, with a link, and told on the desk."""
from client import USER, fresh, run

manager = 'user'
unit = 'user-backup.service'
starts = 'user-backup.timer'
control = 'InaccessiblePaths=%h'
patience = 30
files = {
    f'/home/{USER}/.config/systemd/user/user-backup.service': """[Unit]
Description=Pack my home

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'tar -czf /var/tmp/home-of-%u.tar.gz -C %h .bashrc && ln -sf /var/tmp/home-of-%u.tar.gz %h/backup.tar.gz && touch /tmp/packed-by-%u'
""",
    f'/home/{USER}/.config/systemd/user/user-backup.timer': """[Timer]
OnActiveSec=1s
OnUnitInactiveSec=1s
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
}


def ask():
    run('tar', '-tzf', f'/home/{USER}/backup.tar.gz', check=True)
    fresh(f'/tmp/packed-by-{USER}')
