"""Socat as root, that makes a terminal out of a port: what is sent there is read from the terminal."""
import os
import socket
import time

packages = 'socat'
control = 'PrivateDevices=yes\nPrivateNetwork=yes'
files = {
    '/etc/systemd/system/socat-terminal.service': """[Unit]
Description=Modem of the network

[Service]
ExecStart=/usr/bin/socat TCP-LISTEN:8092,reuseaddr,bind=127.0.0.1 PTY,link=/run/modem,rawer,mode=0600
Restart=always
RestartSec=100ms

[Install]
WantedBy=multi-user.target
""",
}


def ask():
    with socket.create_connection(('127.0.0.1', 8092), timeout=5) as peer:
        peer.sendall(b'hello\n')
        time.sleep(0.5)
        end = os.open('/run/modem', os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            assert b'hello' in os.read(end, 100)
        finally:
            os.close(end)
