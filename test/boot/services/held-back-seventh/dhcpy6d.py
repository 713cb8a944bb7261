"""Addresses for the network in Python, starts as root and becomes a user, a database of SQLite: an address of IPv6 asked of it and given, by a machine on the other end of a cable."""
from client import has, run, write

packages = 'dhcpy6d'
patience = 40
control = 'PrivateNetwork=yes'
CLIENT = """
import os, socket, struct
mac = bytes.fromhex(open('/sys/class/net/dhcp1/address').read().strip().replace(':', ''))
option = lambda code, body: struct.pack('>HH', code, len(body)) + body
duid = option(1, b'\\0\\x03\\0\\x01' + mac)
index = socket.if_nametoindex('dhcp1')
peer = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
peer.bind(('::', 546))
peer.settimeout(4)
def send(kind, more):
    peer.sendto(bytes([kind]) + b'abc' + duid + option(8, b'\\0\\0') + more, ('ff02::1:2', 547, 0, index))
    said = peer.recv(2000)
    return said[0], said
ia = option(3, b'\\0\\0\\0\\x01' + bytes(8))
kind, said = send(1, ia + option(6, b'\\0\\x17'))
assert kind == 2, kind
at = 4
found = b''
while at < len(said):
    code, length = struct.unpack('>HH', said[at:at + 4])
    if code in (2, 3): found += said[at:at + 4 + length]
    at += 4 + length
kind, said = send(3, found)
assert kind == 7, kind
assert bytes.fromhex('fd010db8') in said, said
print('given')
"""
NETWORK = """
ip netns add dhcp-client
ip link add dhcp0 type veth peer name dhcp1 netns dhcp-client
ip link set dhcp0 up
ip addr add fd01:db8:dead:bad::1/64 dev dhcp0 nodad
ip netns exec dhcp-client ip link set dhcp1 up
ip netns exec dhcp-client ip link set lo up
"""


def prepare():
    write('/root/dhcp-client.py', CLIENT)
    write('/etc/dhcpy6d.conf', '[dhcpy6d]\ninterface = dhcp0\nstore_config = none\nstore_volatile = sqlite\nstore_sqlite_volatile = /var/lib/dhcpy6d/volatile.sqlite\nlog = on\nlog_file = /var/log/dhcpy6d.log\n[address_default]\ncategory = mac\npattern = fd01:db8:dead:bad:beef:$mac$\n')
    write('/etc/default/dhcpy6d', 'RUN=yes\nDUID=000100016b0cb2a402fc00000001\n')
    run('sh', '-c', NETWORK)


def ask():
    has('given', run('ip', 'netns', 'exec', 'dhcp-client', 'python3', '/root/dhcp-client.py', check=True).stdout)
    has('ADVERTISE', open('/var/log/dhcpy6d.log').read())
