"""Network, hears who has which address by raw packets, of a template: a pair that it wrote down."""
import time

from client import has, read, run

packages = 'arpwatch,iproute2'
unit = 'arpwatch@arp0.service'
patience = 40
control = 'CapabilityBoundingSet=~CAP_NET_RAW'


def prepare():
    run('ip', 'link', 'add', 'arp0', 'type', 'veth', 'peer', 'name', 'arp1')
    run('ip', 'link', 'set', 'arp0', 'up')
    run('ip', 'link', 'set', 'arp1', 'up')
    run('ip', 'address', 'add', '192.0.2.65/26', 'dev', 'arp0')


def ask():
    import socket

    mac = bytes.fromhex(read('/sys/class/net/arp1/address').strip().replace(':', ''))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as peer:
        peer.bind(('arp1', 0x806))
        last = int(time.monotonic() * 10) % 60 + 66
        source = socket.inet_aton(f'192.0.2.{last}')
        peer.send(b'\xff' * 6 + mac + b'\x08\x06\0\x01\x08\0\x06\x04\0\x01' + mac + source + b'\0' * 6 + socket.inet_aton('192.0.2.65') + b'\0' * 18)
    time.sleep(1)
    has(f'192.0.2.{last}', ' '.join(read(path) for path in ('/var/lib/arpwatch/arp0.dat',)) + run('journalctl', '-u', unit, '-t', 'arpwatch', '-n', '20', '--no-pager').stdout)
