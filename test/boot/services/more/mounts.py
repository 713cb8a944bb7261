"""Mounts a file system for all: it is there for others."""
import os

control = 'PrivateMounts=yes'
files = {
    '/etc/systemd/system/mounts.service': """[Unit]
Description=Scratch space

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/mkdir -p /srv/scratch
ExecStart=/bin/mount -t tmpfs -o size=1M tmpfs /srv/scratch
ExecStop=/bin/umount /srv/scratch
""",
}


def ask():
    assert os.path.ismount('/srv/scratch')
