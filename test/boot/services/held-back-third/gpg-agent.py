"""A user's unit by its socket, keeps keys: a key made, a word signed, and the signature held to be good."""
from client import USER, has, run

packages = 'gpg-agent,gnupg'
manager = 'user'
unit = 'gpg-agent.service'
starts = 'gpg-agent.socket'
control = 'InaccessiblePaths=%h/.gnupg'
patience = 60


def ask():
    def gpg(*words, **options):
        return run('runuser', '-u', USER, '--', 'env', 'XDG_RUNTIME_DIR=/run/user/1000', f'HOME=/home/{USER}', 'gpg', '--batch', '--yes', *words, cwd='/', check=True, **options)

    gpg('--passphrase', '', '--quick-generate-key', f'x{__import__("time").monotonic_ns()}@example.org', 'ed25519', 'sign', 'never')
    signed = gpg('--clearsign', input='a word\n').stdout
    has('a word', gpg('--verify', '-o', '-', input=signed).stdout)
