"""A user's session by PAM from a unit of the system, as screens without a keyboard have it: its folder, its session, and its own manager told to start something."""
from client import USER, fresh, run, write

control = 'InaccessiblePaths=/run/user'
patience = 30
files = {
    '/etc/systemd/system/pam-desk.service': f"""[Unit]
Description=The desk of the hall
After=systemd-user-sessions.service

[Service]
User={USER}
PAMName=login
WorkingDirectory=~
Environment=XDG_SESSION_TYPE=tty
UtmpIdentifier=hall
ExecStart=/usr/local/bin/desk
Restart=always

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/.config/systemd/user/desk-clock.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/touch %h/clock-is-there\n',
    '/usr/local/bin/desk': """#!/bin/bash
while :; do
  systemctl --user start desk-clock.service
  loginctl show-session "$XDG_SESSION_ID" -P Name > "$XDG_RUNTIME_DIR/desk"
  [ "$(ulimit -n)" -gt 100 ] && mkdir -p ~/.local/state/desk && date > ~/.local/state/desk/seen
  sleep 0.5
done
""",
}


def ask():
    assert open('/run/user/1000/desk').read().strip() == USER
    fresh(f'/home/{USER}/clock-is-there', f'/home/{USER}/.local/state/desk/seen', '/run/user/1000/desk')
