"""Database, LDAP: asked what it is, a line of its configuration changed and found."""
from client import run

packages = 'slapd,ldap-utils'
patience = 30
CHANGE = 'dn: cn=config\nchangetype: modify\nreplace: olcLogLevel\nolcLogLevel: stats\n'


def ask():
    said = run('ldapsearch', '-x', '-H', 'ldap://127.0.0.1/', '-b', '', '-s', 'base', '+', check=True).stdout
    assert 'supportedLDAPVersion: 3' in said, said
    own = ['-Q', '-Y', 'EXTERNAL', '-H', 'ldapi:///']
    run('ldapmodify', *own, input=CHANGE, check=True)
    assert 'olcLogLevel: stats' in run('ldapsearch', *own, '-b', 'cn=config', '-s', 'base', check=True).stdout
