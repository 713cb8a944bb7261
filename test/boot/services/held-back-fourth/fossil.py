"""Versions of files, started as root, locks itself into a folder and becomes its owner: its page, and a tree that is fetched."""
import os

from client import USER, page, run

packages = 'fossil'
control = 'CapabilityBoundingSet=~CAP_SYS_CHROOT'
files = {
    '/etc/systemd/system/fossil.service': """[Unit]
Description=Versions of our files
After=network.target

[Service]
ExecStart=/usr/bin/fossil server --port 8107 --localhost /srv/fossil/x.fossil
Restart=always
RestartSec=3

[Install]
WantedBy=multi-user.target
""",
}


def prepare():
    os.makedirs('/srv/fossil', exist_ok=True)
    run('fossil', 'new', '/srv/fossil/x.fossil', env={'HOME': '/root', 'USER': 'root', 'PATH': '/usr/bin:/bin'}, check=True)
    run('chown', '-R', f'{USER}:{USER}', '/srv/fossil')


def ask():
    page(8107, '/timeline', 'Timeline')
    run('fossil', 'clone', 'http://127.0.0.1:8107/', '/srv/copy.fossil', env={'HOME': '/root', 'USER': 'root', 'PATH': '/usr/bin:/bin'}, check=True)
    os.unlink('/srv/copy.fossil')
