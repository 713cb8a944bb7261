"""Network, a script as root: forwarding switched on, an address added."""
from client import read, run

packages = 'iproute2,procps'
control = 'ProtectKernelTunables=yes'
files = {
    '/etc/systemd/system/router.service': """[Unit]
Description=Be a router

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/be-router up
ExecStop=/usr/local/sbin/be-router down
""",
    '/usr/local/sbin/be-router': """#!/bin/sh
set -e
case $1 in
  up) sysctl -q -w net.ipv4.ip_forward=1; ip address replace 198.51.100.1/32 dev lo ;;
  down) sysctl -q -w net.ipv4.ip_forward=0; ip address delete 198.51.100.1/32 dev lo ;;
esac
""",
}


def ask():
    assert read('/proc/sys/net/ipv4/ip_forward').strip() == '1'
    assert '198.51.100.1' in run('ip', 'address', 'show', 'dev', 'lo').stdout
