"""Monitoring, in C++, starts as root, becomes a user, runs checks by plugins: what two of them say, by its socket, and a result that it is given by its pipe."""
import socket
import time

from client import has, read, run

packages = 'icinga2-bin,icinga2-common,monitoring-plugins-basic'
control = 'ReadOnlyPaths=/var/lib/icinga2 /var/cache/icinga2'
patience = 60
files = {
    '/etc/icinga2/conf.d/ours.conf': 'object Host "here" { check_command = "ping4"\n address = "127.0.0.1"\n check_interval = 1s\n vars.ping_packets = 1 }\nobject Service "own" { host_name = "here"\n check_command = "passive"\n enable_active_checks = false\n max_check_attempts = 1\n event_command = "told" }\nobject Service "procs" { host_name = "here"\n check_command = "procs"\n check_interval = 1s }\nobject EventCommand "told" { command = [ "/usr/local/bin/told", "$service.state$" ] }\n',
    '/usr/local/bin/told': '#!/bin/sh\necho "$1" >> /var/lib/icinga2/told\n',
}


def prepare():
    run('sh', '-c', 'echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range')
    run('icinga2', 'feature', 'enable', 'command', 'livestatus', check=True)


def asked(query):
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(10)
        peer.connect('/run/icinga2/cmd/livestatus')
        peer.sendall(query + b'\n\n')
        peer.shutdown(socket.SHUT_WR)
        return b''.join(iter(lambda: peer.recv(4096), b''))


def ask():
    for word in ('0;fine', '2;on fire'):
        with open('/run/icinga2/cmd/icinga2.cmd', 'w') as pipe:
            pipe.write(f'[{int(time.time())}] PROCESS_SERVICE_CHECK_RESULT;here;own;{word}\n')
        time.sleep(2)
    has('CRITICAL', read('/var/lib/icinga2/told'))
    has(b'PING OK', asked(b'GET hosts\nColumns: plugin_output'))
    has(b'PROCS', asked(b'GET services\nColumns: plugin_output'))
    run('rm', '/var/lib/icinga2/told')
