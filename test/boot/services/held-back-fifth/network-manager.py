"""Network, by D-Bus, as root: a bridge that it is told to make, its address, and what it keeps of it."""
import glob
import time

from client import has, run

packages = 'network-manager,iproute2'
unit = 'NetworkManager.service'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
patience = 40


def ask():
    run('nmcli', 'connection', 'delete', 'ours')
    run('nmcli', 'connection', 'add', 'type', 'bridge', 'ifname', 'nm0', 'con-name', 'ours', 'ipv4.method', 'manual', 'ipv4.addresses', '198.51.100.193/26', 'ipv6.method', 'disabled', 'bridge.stp', 'no', check=True)
    run('nmcli', '-w', '10', 'connection', 'up', 'ours', check=True)
    time.sleep(2)
    has('198.51.100.193', run('ip', 'address', 'show', 'dev', 'nm0', check=True).stdout)
    assert glob.glob('/etc/NetworkManager/system-connections/ours*')
