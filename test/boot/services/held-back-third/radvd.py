"""Network, tells hosts of its network by raw packets, locked in somewhat: a host asks, and hears the prefix."""
from client import append, has, run, write

packages = 'radvd,ndisc6,iproute2'
patience = 40
control = 'RestrictAddressFamilies=AF_UNIX'


def prepare():
    run('ip', 'link', 'add', 'adv0', 'type', 'veth', 'peer', 'name', 'adv1')
    append('/proc/sys/net/ipv6/conf/all/forwarding', '1')
    for name in ('adv0', 'adv1'):
        run('ip', 'link', 'set', name, 'up')
    write('/etc/radvd.conf', 'interface adv0 {\n  AdvSendAdvert on;\n  IgnoreIfMissing on;\n  MinRtrAdvInterval 3;\n  MaxRtrAdvInterval 4;\n  prefix 2001:db8:1::/64 { };\n};\n')


def ask():
    said = run('rdisc6', '-1', '-w', '4000', 'adv1', timeout=30)
    has('2001:db8:1::', said.stdout)
