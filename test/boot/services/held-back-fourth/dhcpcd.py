"""Network, asks for addresses, processes of several rights, locked in: an address that a server of ours gave."""
import subprocess

from client import has, run, write

packages = 'dhcpcd,udhcpd,iproute2'
control = 'RestrictAddressFamilies=~AF_PACKET'
patience = 60


def prepare():
    run('ip', 'link', 'add', 'dh0', 'type', 'veth', 'peer', 'name', 'dh1')
    for name in ('dh0', 'dh1'):
        run('ip', 'link', 'set', name, 'up')
    run('ip', 'address', 'add', '192.0.2.193/26', 'dev', 'dh1')
    write('/etc/dhcpcd.conf', 'nodev\nallowinterfaces dh0\nnoipv6\nduid\npersistent\noption subnet_mask\nnoarp\nnohook resolv.conf\n')
    write('/etc/udhcpd-x.conf', 'start 192.0.2.200\nend 192.0.2.210\ninterface dh1\nlease_file /run/udhcpd-x.leases\npidfile /run/udhcpd-x.pid\noption subnet 255.255.255.192\n')
    write('/run/udhcpd-x.leases', '')
    subprocess.Popen(['busybox', 'udhcpd', '-f', '/etc/udhcpd-x.conf'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ask():
    has('192.0.2.2', run('ip', 'address', 'show', 'dev', 'dh0', check=True).stdout)
    run('ip', 'address', 'flush', 'dev', 'dh0')
