"""Network, gives addresses, raw packets as a user: an address asked for, and its lease kept."""
from client import has, run, write

packages = 'kea-dhcp4-server,busybox,iproute2'
control = 'RestrictAddressFamilies=~AF_PACKET'
patience = 40


def prepare():
    run('ip', 'link', 'add', 'kea0', 'type', 'veth', 'peer', 'name', 'kea1')
    for name in ('kea0', 'kea1'):
        run('ip', 'link', 'set', name, 'up')
    run('ip', 'address', 'add', '192.0.2.1/24', 'dev', 'kea0')
    write('/etc/kea/kea-dhcp4.conf', '{"Dhcp4": {"interfaces-config": {"interfaces": ["kea0"]}, "lease-database": {"type": "memfile", "persist": true}, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.100 - 192.0.2.200"}]}]}}\n')


def ask():
    said = run('busybox', 'udhcpc', '-i', 'kea1', '-n', '-q', '-f', '-t', '3', '-T', '1', '-s', '/bin/true')
    has('lease of 192.0.2.', said.stdout + said.stderr)
    has('192.0.2.', open('/var/lib/kea/kea-leases4.csv').read())
