"""Socat as root, that becomes a user for each connection: who it is then, and a file that it writes."""
from client import USER, fresh, talk

packages = 'socat'
control = 'CapabilityBoundingSet=~CAP_SETUID'
files = {
    '/etc/systemd/system/socat-as-user.service': f"""[Unit]
Description=Tells who it is

[Service]
ExecStart=/usr/bin/socat TCP-LISTEN:8091,fork,reuseaddr,bind=127.0.0.1 EXEC:/usr/local/bin/tells,su={USER},pipes
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/bin/tells': '#!/bin/sh\ndate > /var/tmp/told\nid -un\n',
}


def ask():
    talk(8091, b'', f'{USER}\n'.encode())
    fresh('/var/tmp/told')
