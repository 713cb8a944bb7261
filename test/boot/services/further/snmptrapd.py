"""Monitoring, runs a script of ours for what it is told: a trap, and the file that the script makes."""
import time

from client import fresh, run, write

packages = 'snmptrapd,snmp'
unit = 'snmptrapd.service'
starts = 'snmptrapd.service'
files = {'/usr/local/bin/on-trap': '#!/bin/sh\ncat > /var/tmp/trapped\nlogger -t trap x\n'}
control = 'PrivateTmp=yes'


def prepare():
    run('systemctl', 'start', 'snmptrapd.socket')
    write('/etc/snmp/snmptrapd.conf', 'authCommunity log,execute,net public\ntraphandle default /usr/local/bin/on-trap\n')


def ask():
    run('snmptrap', '-v', '2c', '-c', 'public', '127.0.0.1', '', '1.3.6.1.4.1.8072.2.3.0.1', check=True)
    time.sleep(1)
    fresh('/var/tmp/trapped')
