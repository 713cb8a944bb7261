"""Network, interfaces as the machine starts, by ifup, with scripts: an address, and what its script did."""
import os

from client import has, run, write

packages = 'ifupdown,iproute2'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'


def prepare():
    run('ip', 'link', 'add', 'if0', 'type', 'veth', 'peer', 'name', 'if1')
    write('/etc/network/interfaces', 'auto lo if0\niface lo inet loopback\niface if0 inet static\n  address 192.0.2.130/26\n  up echo 1 > /proc/sys/net/ipv4/conf/if0/forwarding\n  up mkdir -p /var/lib/if && touch /var/lib/if/$IFACE\n  post-down rm -f /var/lib/if/$IFACE\n')


def ask():
    has('192.0.2.130', run('ip', 'address', 'show', 'dev', 'if0', check=True).stdout)
    has('1', open('/proc/sys/net/ipv4/conf/if0/forwarding').read())
    assert os.path.exists('/var/lib/if/if0')
