"""Network: a route that it puts into the kernel."""
from client import run

packages = 'bird2,iproute2'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'


def prepare():
    with open('/etc/bird/bird.conf', 'w') as file:
        file.write('router id 192.0.2.1;\nprotocol device {}\nprotocol kernel { ipv4 { export all; }; }\nprotocol static { ipv4; route 198.51.100.0/24 blackhole; }\n')


def ask():
    assert '198.51.100.0/24' in run('ip', 'route', 'show').stdout
