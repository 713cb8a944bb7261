"""Tickets for users, forks, locked in somewhat: a user's ticket, and how many tries it counted in its database."""
import os

from client import has, run

packages = 'krb5-kdc,krb5-user,krb5-admin-server'
files = {
    '/etc/krb5.conf': '[libdefaults]\n default_realm = TEST\n dns_lookup_kdc = false\n[realms]\n TEST = {\n  kdc = 127.0.0.1\n  admin_server = 127.0.0.1\n }\n',
}


def prepare():
    run('kdb5_util', 'create', '-s', '-r', 'TEST', '-P', 'a-master-word', check=True)
    run('kadmin.local', '-q', 'addpol -maxfailure 3 tries', check=True)
    run('kadmin.local', '-q', 'addprinc -policy tries +requires_preauth -pw a-word someone', check=True)


def ask():
    run('kinit', '-c', '/root/ticket', 'someone@TEST', input='a-word\n', check=True)
    has('krbtgt/TEST', run('klist', '-c', '/root/ticket', check=True).stdout)
    os.unlink('/root/ticket')
    assert 'never' not in [line for line in run('kadmin.local', '-q', 'getprinc someone', check=True).stdout.splitlines() if line.startswith('Last successful')][0]
