"""Names of the local network, by D-Bus, locks itself in: its own name resolved."""
from client import run

packages = 'avahi-daemon,avahi-utils'
control = 'InaccessiblePaths=/run/dbus'


def ask():
    said = run('avahi-resolve', '-4', '-n', 'test.local', timeout=10)
    assert said.stdout.startswith('test.local\t'), said.stdout + said.stderr
