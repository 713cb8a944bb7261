"""Monitoring, runs checks, and takes commands by a pipe: one checked."""
import time

from client import read, run

packages = 'nagios4-core,monitoring-plugins-basic'
unit = 'nagios4.service'
patience = 40
control = 'ReadOnlyPaths=/var/lib'


def ask():
    with open('/var/lib/nagios4/rw/nagios.cmd', 'w') as pipe:
        pipe.write(f'[{int(time.time())}] SCHEDULE_FORCED_SVC_CHECK;localhost;Current Load;{int(time.time())}\n[{int(time.time())}] SCHEDULE_FORCED_HOST_CHECK;localhost;{int(time.time())}\n')
    time.sleep(3)
    assert 'OK - load' in read('/var/lib/nagios4/status.dat') or 'load average' in read('/var/lib/nagios4/status.dat')
    run('sh', '-c', 'rm -f /var/lib/nagios4/status.dat /var/lib/nagios4/retention.dat')
