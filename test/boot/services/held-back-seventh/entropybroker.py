"""Chance gathered from the clock of the processor and given to a server by TCP, forks, as root: the server knows it by its name and password, and gets some."""
import urllib.request

from client import has, read, run, write

packages = 'entropybroker'
unit = 'eb_server_timers.service'
patience = 60
files = {
    '/etc/entropybroker/users.txt': 'feeder|secret12345|4096\n',
    '/etc/entropybroker/feeder.auth': 'feeder\nsecret12345\n',
    '/etc/entropybroker/eb_server_timers.config': 'ARG01 = -I\nARG02 = localhost\nARG03 = -X\nARG04 = /etc/entropybroker/feeder.auth\nARG05 = -l\nARG06 = /var/log/eb_server_timers.log\nARG07 = -L\nARG08 = 255\n' + ''.join(f'ARG{n:02} = \n' for n in range(9, 17)),
}


def prepare():
    run('chmod', '600', '/etc/entropybroker/users.txt', '/etc/entropybroker/feeder.auth')
    run('systemd-run', '-u', 'entropy-broker', 'sh', '-c', 'cd /etc/entropybroker && exec entropy_broker -n -L 255 -l /var/log/broker.log -c /etc/entropybroker/entropy_broker.conf')


def ask():
    has('feeder', read('/var/log/broker.log'))
    open('/var/log/broker.log', 'w').close()
