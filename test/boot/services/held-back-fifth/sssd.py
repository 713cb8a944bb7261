"""Keeps users of elsewhere, a monitor of several programs, here those of files: one asked for by name and by number."""
from client import has, run, write

packages = 'sssd-common,sssd-proxy,libnss-sss'
control = 'InaccessiblePaths=/etc/passwd'
patience = 30


def prepare():
    write('/etc/sssd/sssd.conf', '[sssd]\nservices = nss\ndomains = here\n[domain/here]\nid_provider = proxy\nproxy_lib_name = files\nauth_provider = none\nentry_cache_timeout = 1\n', 0o600)


def ask():
    has(':1000:', run('getent', '-s', 'sss', 'passwd', 'u', check=True).stdout)
    has('u:', run('getent', '-s', 'sss', 'group', '1000', check=True).stdout)
