"""Keys for disks, by a socket that starts one for each who asks: its keys told."""
from client import page, run

packages = 'tang'
unit = 'tangd@.service'
starts = 'tangd.socket'
control = 'InaccessiblePaths=/var/lib/tang /var/db'


def prepare():
    import glob
    run('sh', '-c', 'd=/var/lib/tang; [ -d $d ] || d=/var/db/tang; mkdir -p $d; k=/usr/libexec/tangd-keygen; [ -x $k ] || k=/usr/lib/x86_64-linux-gnu/tangd-keygen; $k $d; chown -R _tang $d; mkdir -p /etc/systemd/system/tangd.socket.d; printf "[Socket]\\nListenStream=\\nListenStream=7070\\n" > /etc/systemd/system/tangd.socket.d/port.conf')


def ask():
    page(7070, '/adv', 'payload')
