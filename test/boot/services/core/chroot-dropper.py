"""Daemon of our own that starts as root, locks itself into a folder and becomes a user: says where and who it is."""
from client import talk

control = 'CapabilityBoundingSet=~CAP_SYS_CHROOT'
files = {
    '/etc/systemd/system/chroot-dropper.service': """[Unit]
Description=Locks itself in

[Service]
ExecStart=/usr/local/sbin/locked-in
Restart=on-failure
""",
    '/usr/local/sbin/locked-in': """#!/usr/bin/python3
import os, socket

server = socket.create_server(('127.0.0.1', 803))
os.makedirs('/var/lib/locked-in', exist_ok=True)
os.chroot('/var/lib/locked-in')
os.chdir('/')
os.setgroups([])
os.setgid(1000)
os.setuid(1000)
while True:
    peer, _ = server.accept()
    with peer:
        peer.sendall(f'{os.listdir("/")} {os.getuid()}\\n'.encode())
""",
}


def ask():
    talk(803, b'', b'[] 1000')
