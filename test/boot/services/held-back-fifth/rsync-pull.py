"""A timer's job, as root, one line of rsync by ssh with root's key: a folder of another host, kept with owners and links."""
import os

from client import fresh, run, write

packages = 'rsync,openssh-client,openssh-server'
starts = 'rsync-pull.timer'
control = 'InaccessiblePaths=/root'
patience = 40
files = {
    '/etc/systemd/system/rsync-pull.service': """[Unit]
Description=Mirror of the other host
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStartPre=/bin/mkdir -p /data/mirror
ExecStart=/usr/bin/rsync -aHAX --delete -e "ssh -p 2222 -o BatchMode=yes -o StrictHostKeyChecking=accept-new" root@127.0.0.1:/srv/other/ /data/mirror/
""",
    '/etc/systemd/system/rsync-pull.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
}


def prepare():
    write('/srv/other/kept', 'kept')
    run('sh', '-c', 'chown daemon /srv/other/kept; ln -s kept /srv/other/link; mkdir -p /run/sshd /root/.ssh; chmod 700 /root/.ssh; ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519; cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys; /usr/sbin/sshd -p 2222', check=True)


def ask():
    assert os.stat('/data/mirror/kept').st_uid == 1 and os.readlink('/data/mirror/link') == 'kept'
    assert os.path.exists('/root/.ssh/known_hosts')
    fresh('/data/mirror/kept')
