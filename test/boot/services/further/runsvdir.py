"""Supervisor of services of its own: one that becomes a user, commanded by another."""
from client import USER, has, run, talk

packages = 'runit,socat'
control = 'CapabilityBoundingSet=~CAP_SETUID'
files = {
    '/etc/systemd/system/runsvdir.service': """[Unit]
Description=runit process supervisor

[Service]
ExecStart=/usr/bin/runsvdir -P /srv/sv
KillMode=process
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/srv/sv/one/run': f'#!/bin/sh\nexec chpst -u {USER} socat TCP-LISTEN:8074,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"touch /tmp/of-runsv; id -un"\n',
}


def ask():
    talk(8074, b'', f'{USER}\n'.encode())
    has('run: /srv/sv/one', run('sv', 'status', '/srv/sv/one', check=True).stdout)
    import os
    os.unlink('/tmp/of-runsv')
