"""Packets written down by tcpdump, which becomes a user: one of ours in the file."""
import os
import socket
import time

from client import run

packages = 'tcpdump'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 30
files = {
    '/etc/systemd/system/tcpdump-log.service': """[Unit]
Description=What comes in

[Service]
ExecStartPre=/bin/mkdir -p /var/log/packets
ExecStartPre=/bin/chown tcpdump:tcpdump /var/log/packets
ExecStart=/usr/bin/tcpdump -i lo -n -U -w /var/log/packets/lo.pcap -Z tcpdump udp port 7999
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
}


def ask():
    word = f'word {time.monotonic_ns()}'.encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(word, ('127.0.0.1', 7999))
    time.sleep(0.5)
    with open('/var/log/packets/lo.pcap', 'rb') as file:
        assert word in file.read()
    assert os.stat('/var/log/packets/lo.pcap').st_uid != 0 and run('id', '-u', 'tcpdump').stdout.strip()
