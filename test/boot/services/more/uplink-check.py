"""A program of our own, as root, by raw packets: whether a host answers its pings, told in a file."""
from client import fresh

control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 30
files = {
    '/etc/systemd/system/uplink-check.service': """[Unit]
Description=Tell whether the line is up
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/opt/uplink/check 127.0.0.1
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
""",
    '/opt/uplink/check': """#!/usr/bin/python3
import os, socket, struct, sys, time
os.makedirs('/var/lib/uplink', exist_ok=True)
peer = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
peer.settimeout(2)
while True:
    body = struct.pack('>2H', 4242, 1) + b'abcdefgh'
    total = 0x0800 + sum(struct.unpack('>6H', body))
    total = (total >> 16) + (total & 0xffff)
    peer.sendto(struct.pack('>2BH', 8, 0, ~(total + (total >> 16)) & 0xffff) + body, (sys.argv[1], 0))
    while peer.recv(100)[20] != 0:
        pass
    open('/var/lib/uplink/up', 'w').write('up')
    time.sleep(0.3)
""",
}


def ask():
    fresh('/var/lib/uplink/up')
