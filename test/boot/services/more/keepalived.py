"""Network: an address that it gives to the machine."""
from client import run, write

packages = 'keepalived,iproute2'
patience = 30
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'


def prepare():
    run('ip', 'link', 'add', 'pair0', 'type', 'veth', 'peer', 'name', 'pair1')
    for name in ('pair0', 'pair1'):
        run('ip', 'link', 'set', name, 'up')
    run('ip', 'address', 'add', '192.0.2.10/24', 'dev', 'pair0')
    write('/etc/keepalived/keepalived.conf', 'vrrp_instance i {\n  state MASTER\n  interface pair0\n  virtual_router_id 7\n  priority 200\n  advert_int 1\n  virtual_ipaddress {\n    192.0.2.99\n  }\n}\n')


def ask():
    assert '192.0.2.99' in run('ip', 'address', 'show', 'dev', 'pair0').stdout
