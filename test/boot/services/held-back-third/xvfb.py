"""A screen of no device, as a user: a client of it, by its socket in /tmp."""
import socket

from client import USER, run

packages = 'xvfb'
control = 'PrivateTmp=yes'
patience = 40
files = {
    '/etc/systemd/system/xvfb.service': f"""[Unit]
Description=A screen for tests

[Service]
User={USER}
ExecStart=/usr/bin/Xvfb :99 -screen 0 640x480x24 -nolisten tcp
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
}


def prepare():
    run('install', '-d', '-m', '1777', '/tmp/.X11-unix')


def ask():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/tmp/.X11-unix/X99')
        peer.sendall(b'l\0\x0b\0\0\0\0\0\0\0\0\0')
        assert peer.recv(100)[:1] == b'\x01'
