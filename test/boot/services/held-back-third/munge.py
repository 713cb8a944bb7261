"""Says who somebody is, a user of its own, with its options from a file: a word sealed by a user, and opened."""
from client import USER, has, run

packages = 'munge'
control = 'InaccessiblePaths=/etc/munge'


def ask():
    sealed = run('runuser', '-u', USER, '--', 'munge', '-s', 'a word', check=True).stdout
    said = run('unmunge', input=sealed, check=True).stdout
    has('a word', said)
    has(f'{USER} (1000)', said)
