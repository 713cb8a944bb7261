"""Builds packages for users, as root, in rooms of their own as users of a group: a file put into the store and a recipe built by one who is no root, and what it made read."""
from client import USER, has, run

packages = 'nix-setup-systemd'
control = 'ReadOnlyPaths=/nix'
patience = 60
files = {'/home/u/recipe.nix': 'derivation { name = "made"; system = builtins.currentSystem; builder = "/bin/sh"; args = ["-c" "echo made by $NIX_BUILD_CORES >$out"]; when = builtins.currentTime; }\n'}


def prepare():
    run('usermod', '-aG', 'nix-users', USER, check=True)


def as_user(*command):
    return run('runuser', '-u', USER, '--', 'env', f'HOME=/home/{USER}', 'NIX_REMOTE=daemon', *command, check=True).stdout.strip()


def ask():
    has('/nix/store/', as_user('nix-store', '--add', '/etc/hostname'))
    has('made by', open(as_user('nix-build', '--no-out-link', f'/home/{USER}/recipe.nix')).read())
    as_user('nix-store', '--gc', '--print-dead')
