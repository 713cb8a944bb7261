"""Files, as disks, becomes a user: the greeting of a disk that is there."""
from client import run, talk, write

packages = 'nbd-server'


def prepare():
    with open('/srv/disk', 'wb') as file:
        file.truncate(1 << 20)
    run('chown', 'nbd:nbd', '/srv/disk')
    write('/etc/nbd-server/config', '[generic]\n  user = nbd\n  group = nbd\n  allowlist = true\n[disk]\n  exportname = /srv/disk\n')


def ask():
    # Client flags, then the list of the disks.
    talk(10809, [b'', b'\0\0\0\1IHAVEOPT\0\0\0\3\0\0\0\0'], b'disk')
