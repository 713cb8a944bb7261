"""A script of the shell, that makes its folder, tells when it is ready and keeps time, by systemd-notify: what it keeps below /run and /var."""
from client import fresh

control = 'ProtectSystem=strict'
files = {
    '/etc/systemd/system/shell-notify.service': """[Unit]
Description=Counts

[Service]
Type=notify
NotifyAccess=all
WatchdogSec=20
EnvironmentFile=-/etc/default/shell-notify
ExecStartPre=/bin/mkdir -p /run/counts /var/lib/counts
ExecStartPre=/bin/chown nobody /var/lib/counts
ExecStart=/usr/local/bin/counts ${EVERY}
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/etc/default/shell-notify': 'EVERY=0.3\n',
    '/usr/local/bin/counts': """#!/bin/bash
systemd-notify --ready --status='counting'
while :; do
  exec 9>/run/counts/lock
  flock 9
  echo $(( $(cat /var/lib/counts/now 2>/dev/null || echo 0) + 1 )) > /var/lib/counts/next
  mv /var/lib/counts/next /var/lib/counts/now
  exec 9>&-
  systemd-notify WATCHDOG=1
  sleep "$1"
done
""",
}


def ask():
    fresh('/var/lib/counts/now')
