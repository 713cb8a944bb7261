"""As of old, root becomes a user by su in its command: who it is, and what it wrote to the home."""
from client import USER, fresh, talk

packages = 'socat'
control = 'CapabilityBoundingSet=~CAP_SETGID'
files = {
    '/etc/systemd/system/su-login.service': f"""[Unit]
Description=App of a user

[Service]
Type=simple
ExecStart=/bin/su - {USER} -c '/home/{USER}/app/start'
ExecStop=/bin/su - {USER} -c '/home/{USER}/app/stop'

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/app/start': '#!/bin/sh\necho $$ > ~/app/pid\nexec socat TCP-LISTEN:8072,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"date > $HOME/app/was-here; id -un"\n',
    f'/home/{USER}/app/stop': '#!/bin/sh\nkill $(cat ~/app/pid)\n',
}


def ask():
    talk(8072, b'', f'{USER}\n'.encode())
    fresh(f'/home/{USER}/app/was-here')
