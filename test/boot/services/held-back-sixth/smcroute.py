"""Network, groups of it routed by the kernel, as root: which interfaces it knows, a group that it joins when it is told to by its socket."""
from client import has, read, run, write

packages = 'smcroute,iproute2'
control = 'PrivateNetwork=yes'


def prepare():
    run('sh', '-c', 'ip link add mc0 type bridge; ip link set mc0 up multicast on; ip address add 10.66.0.1/24 dev mc0')
    write('/etc/smcroute.conf', 'mgroup from mc0 group 225.1.2.3\n')


def ask():
    run('smcroutectl', 'join', 'mc0', '225.9.9.9')
    has('030201E1', read('/proc/net/igmp').upper())
    has('090909E1', read('/proc/net/igmp').upper())
