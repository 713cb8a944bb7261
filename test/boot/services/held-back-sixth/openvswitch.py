"""A switch's database, as root, that locks itself in somewhat: a bridge written into it, read, and kept over its restart."""
from client import has, run

packages = 'openvswitch-switch'
unit = 'ovsdb-server.service'
control = 'InaccessiblePaths=/run/openvswitch'
patience = 30


def ask():
    run('ovs-vsctl', '--no-wait', '--may-exist', 'add-br', 'br9', check=True)
    has('br9', run('ovs-vsctl', '--no-wait', 'list-br', check=True).stdout)
    has('Open_vSwitch', run('ovsdb-client', 'list-dbs', check=True).stdout)
    run('ovs-appctl', '-t', 'ovsdb-server', 'ovsdb-server/compact', check=True)
