"""Monitoring, in Python, as root: figures of the machine, its processes with their owners, its disks and its network."""
import json
import urllib.request
import xmlrpc.client

from client import USER, run

packages = 'glances'
control = 'ProtectProc=invisible\nCapabilityBoundingSet=~CAP_SYS_PTRACE\nUser=nobody'
patience = 40


def ask():
    said = xmlrpc.client.ServerProxy('http://127.0.0.1:61209')
    seen = json.loads(said.getAll())
    owners = {one['username'] for one in seen['processlist']}
    assert {'root', USER} <= owners, owners
    assert seen['fs'] and seen['mem']['total'] and seen['cpu'], seen.keys()
