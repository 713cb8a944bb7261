"""Reads the journal by a script of pipes, and bans: an address that fails too often, in a set of the kernel."""
from client import has, run

packages = 'sshguard,nftables'
patience = 40
control = 'CapabilityBoundingSet=~CAP_NET_ADMIN'
number = [1]


def ask():
    number[0] += 1
    address = f'192.0.2.{number[0] % 250 + 1}'
    for _ in range(5):
        run('logger', '-p', 'auth.info', '-t', 'sshd[777]', f'Invalid user admin from {address} port 4242')
    run('sleep', '2')
    has(address, run('nft', 'list', 'ruleset', check=True).stdout)
