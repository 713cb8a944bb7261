"""Starts as root by a shell, makes its folder, and becomes a user by setpriv: who it is."""
from client import USER, talk

packages = 'socat'
control = 'CapabilityBoundingSet=~CAP_SETUID'
files = {
    '/etc/systemd/system/setpriv.service': f"""[Unit]
Description=Dropped by setpriv

[Service]
ExecStartPre=/usr/bin/install -d -o {USER} -m 0750 /run/dropped
ExecStart=/bin/sh -c 'exec setpriv --reuid={USER} --regid={USER} --init-groups socat TCP-LISTEN:8021,fork,reuseaddr,bind=127.0.0.1 SYSTEM:"touch /run/dropped/x; id -un"'
Restart=always
""",
}


def ask():
    talk(8021, b'', f'{USER}\n'.encode())
