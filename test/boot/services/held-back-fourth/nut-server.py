"""Power supplies, as root, becomes a user, asks its drivers by their sockets: the state of one that is played."""
from client import has, run, write

packages = 'nut-server,nut-client'
patience = 30


def prepare():
    write('/etc/nut/nut.conf', 'MODE=standalone\n')
    write('/etc/nut/ups.conf', '[x]\n  driver = dummy-ups\n  port = x.dev\n')
    write('/etc/nut/x.dev', 'ups.status: OL\nbattery.charge: 87\n')
    write('/etc/nut/upsd.conf', 'LISTEN 127.0.0.1 3493\n')
    write('/etc/nut/upsd.users', '')
    run('sh', '-c', 'chown root:nut /etc/nut/*; systemd-tmpfiles --create /usr/lib/tmpfiles.d/nut-common-tmpfiles.conf; upsdrvctl start x')


def ask():
    has('87', run('upsc', 'x@127.0.0.1', 'battery.charge', check=True).stdout)
