"""A script of the shell, as root, that looks into another program by strace, and at its memory: which calls it makes, in a log."""
import os
import time

from client import read, run, write

packages = 'strace'
control = 'SystemCallFilter=~ptrace'
patience = 30
files = {
    '/etc/systemd/system/slow-log.service': """[Unit]
Description=Why is the shop slow
Wants=slow-shop.service
After=slow-shop.service

[Service]
Type=exec
ExecStart=/root/bin/slow.sh slow-shop
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
""",
    '/etc/systemd/system/slow-shop.service': '[Service]\nUser=www-data\nExecStart=/bin/sh -c "while :; do cat /etc/hostname; sleep 0.2; done > /dev/null"\n',
    '/root/bin/slow.sh': """#!/bin/bash
pid=$(systemctl show -P MainPID "$1")
stack=$(awk '/stack/ {print $1}' /proc/$pid/maps)
[ -n "$stack" ] && dd if=/proc/$pid/mem bs=1 count=1 skip=$((16#${stack%-*})) 2>/dev/null | wc -c >> /var/log/slow.mem
ls -l /proc/$pid/fd /proc/$pid/cwd >> /var/log/slow.mem
exec strace -qq -f -tt -o /var/log/slow.log -p "$pid"
""",
}


def ask():
    time.sleep(2)
    assert 'openat(' in read('/var/log/slow.log') and read('/var/log/slow.mem').startswith('1\n') and '/dev/null' in read('/var/log/slow.mem')
    os.truncate('/var/log/slow.log', 0)
