"""A screen's script, a user's, from a unit of the system: talks to the user's own manager in /run/user, keeps its pipe there, and plays what comes."""
import os
import time

from client import USER, fresh, run

control = 'InaccessiblePaths=/run/user'
patience = 30
files = {
    '/etc/systemd/system/kiosk.service': f"""[Unit]
Description=kiosk
After=user@1000.service

[Service]
User={USER}
ExecStart=/opt/kiosk/kiosk
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/.config/systemd/user/chime.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/touch %h/chimed\n',
    '/opt/kiosk/kiosk': """#!/bin/bash
export XDG_RUNTIME_DIR=/run/user/$(id -u)
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
pipe=$XDG_RUNTIME_DIR/kiosk
rm -f "$pipe"; mkfifo "$pipe"
while read -r word < "$pipe"; do
  systemctl --user list-units > ~/unit-names
  systemctl --user start chime.service
  mkdir -p ~/.cache/kiosk && echo "$word" > ~/.cache/kiosk/last
done
""",
}


def ask():
    assert os.path.exists('/run/user/1000/kiosk')
    run('timeout', '3', 'runuser', '-u', USER, '--', 'sh', '-c', 'echo a-song > /run/user/1000/kiosk')
    time.sleep(1)
    assert 'default.target' in open(f'/home/{USER}/unit-names').read()
    fresh(f'/home/{USER}/chimed', f'/home/{USER}/.cache/kiosk/last', f'/home/{USER}/unit-names')
