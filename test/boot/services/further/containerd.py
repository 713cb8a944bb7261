"""Containers: a namespace made, images listed."""
from client import has, run

packages = 'containerd'
patience = 30
control = 'ReadOnlyPaths=/var/lib'


def ask():
    run('ctr', 'namespaces', 'create', 'x')
    has('x', run('ctr', 'namespaces', 'list', check=True).stdout)
    has('native', run('ctr', 'plugins', 'list', check=True).stdout)
    run('ctr', 'namespaces', 'remove', 'x', check=True)
