"""A script of the shell, as root, that follows the network by ip: an address that comes, who listens with its process, and what is open, in its log."""
import os
import time

from client import read, run

packages = 'iproute2,lsof'
control = 'RestrictAddressFamilies=~AF_NETLINK'
files = {
    '/etc/systemd/system/netwatch.service': """[Unit]
Description=watch the network

[Service]
ExecStart=/root/netwatch.sh
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/root/netwatch.sh': """#!/bin/bash
log=/var/log/netwatch.log
touch /run/netwatch.ready
ip -o monitor address | while read -r line; do
  {
    echo "$(date +%T) $line"
    ss -ltnp | grep :8900
    lsof -nP -iTCP:8900 -sTCP:LISTEN
    ip -br link | wc -l
    cat /proc/net/arp | wc -l
  } >> $log 2>&1
  logger -t netwatch "changed: $line"
done
""",
}


def ask():
    assert os.path.exists('/run/netwatch.ready')
    time.sleep(0.5)
    run('ip', 'address', 'add', '10.77.0.1/32', 'dev', 'lo')
    time.sleep(2)
    run('ip', 'address', 'delete', '10.77.0.1/32', 'dev', 'lo')
    time.sleep(1)
    text = read('/var/log/netwatch.log')
    assert '10.77.0.1' in text and 'users:(("python3"' in text and 'python3 ' in text, text
    assert 'changed' in run('journalctl', '-t', 'netwatch', '-o', 'cat').stdout
    os.unlink('/var/log/netwatch.log')
