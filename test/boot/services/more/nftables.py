"""Firewall: its rules are in the kernel."""
from client import run, write

packages = 'nftables'
# A start of it stops what is part of it.
alone = 'firewall'
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'


def prepare():
    write('/etc/nftables.conf', '#!/usr/sbin/nft -f\nflush ruleset\ntable inet kept { chain input { type filter hook input priority 0; tcp dport 9 drop; }; }\n')


def ask():
    assert 'tcp dport 9 drop' in run('nft', 'list', 'ruleset', check=True).stdout
