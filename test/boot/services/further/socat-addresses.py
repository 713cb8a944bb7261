"""Socat as root, that has a shell tell of the interfaces and count the routes: the address of this host."""
from client import talk

packages = 'socat,iproute2'
files = {
    '/etc/systemd/system/socat-addresses.service': """[Unit]
Description=Tells of the host

[Service]
ExecStart=/usr/bin/socat TCP4-LISTEN:8093,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"ip -o addr show dev lo; ip route show table local | wc -l"
Restart=always

[Install]
WantedBy=multi-user.target
""",
}


def ask():
    talk(8093, b'', b'127.0.0.1/8')
