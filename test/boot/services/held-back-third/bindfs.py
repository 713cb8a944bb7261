"""A file system of a program's (FUSE), by its shell's helper, for all: files of another folder, seen through it."""
from client import has, read, run, write

packages = 'bindfs'
control = 'PrivateMounts=yes'
files = {
    '/etc/systemd/system/bindfs.service': """[Unit]
Description=The same files, as another owner sees them

[Service]
Type=forking
ExecStartPre=/bin/mkdir -p /srv/seen
ExecStart=/usr/bin/bindfs --force-user=u --perms=a+r /srv/hidden /srv/seen
ExecStop=/bin/fusermount3 -u /srv/seen

[Install]
WantedBy=multi-user.target
""",
}


def prepare():
    run('sh', '-c', 'mknod -m 666 /dev/fuse c 10 229')
    write('/srv/hidden/word', 'a word\n', 0o600)


def ask():
    has('a word', run('runuser', '-u', 'u', '--', 'cat', '/srv/seen/word', check=True).stdout)
    read('/srv/hidden/word')
