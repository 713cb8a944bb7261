"""Monitoring, runs plugins, one by sudo: the load, who it is."""
from client import run, write

packages = 'nagios-nrpe-server,nagios-nrpe-plugin,monitoring-plugins-basic,sudo'
files = {'/etc/sudoers.d/nagios': 'nagios ALL=(root) NOPASSWD: /usr/bin/id\n'}


def prepare():
    write('/etc/nagios/nrpe.d/x.cfg', 'command[load]=/usr/lib/nagios/plugins/check_load -w 900,900,900 -c 990,990,990\ncommand[who]=/usr/bin/sudo -n /usr/bin/id -un\n')


def ask():
    for command, expected in (('load', 'OK'), ('who', 'root')):
        said = run('/usr/lib/nagios/plugins/check_nrpe', '-H', '127.0.0.1', '-c', command)
        assert expected in said.stdout, said.stdout
