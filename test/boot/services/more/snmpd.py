"""Monitoring: the name of the host, its processes, its network."""
from client import run, write

packages = 'snmpd,snmp'


def prepare():
    write('/etc/snmp/snmpd.conf', 'agentaddress 127.0.0.1\nrocommunity public 127.0.0.1\nproc cron\nextend hello /bin/echo hello\n')


def ask():
    walk = lambda oid: run('snmpwalk', '-v2c', '-c', 'public', '-Oqv', '127.0.0.1', oid, check=True).stdout
    assert 'test' in walk('.1.3.6.1.2.1.1.5.0')
    assert 'systemd' in walk('.1.3.6.1.2.1.25.4.2.1.2')
    assert 'lo' in walk('.1.3.6.1.2.1.2.2.1.2')
    assert 'hello' in walk('.1.3.6.1.4.1.8072.1.3.2.3.1.1')
