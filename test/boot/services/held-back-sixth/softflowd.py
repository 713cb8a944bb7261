"""Flows of the network, told, of a template, as a user, locks itself in: packets that it saw, by its socket of commands."""
from client import has, page, run, write

packages = 'softflowd'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
unit = 'softflowd@.service'
starts = 'softflowd@test.service'
patience = 30


def prepare():
    write('/etc/softflowd/test.conf', 'interface="lo"\nhost="127.0.0.1:2057"\noptions=""\n')


def ask():
    page(8900, expected='origin')
    said = run('sh', '-c', 'softflowctl -c /run/softflowd/test.ctl statistics || softflowctl statistics').stdout
    has('Number of active flows', said)
    assert 'Packets processed: 0' not in said
