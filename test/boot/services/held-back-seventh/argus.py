"""Flows of the network, seen by a program that forks for it, as root: a flow that it saw, by its port and in its log."""
import subprocess
import time

from client import has, page, replace, run

packages = 'argus-server,argus-client'
control = 'CapabilityBoundingSet=~CAP_NET_RAW'
patience = 45


def prepare():
    # What names a machine by its firmware is not there in a container.
    replace('/etc/argus.conf', 'ARGUS_INTERFACE=ind:all', 'ARGUS_INTERFACE=lo')
    replace('/etc/argus.conf', 'ARGUS_MONITOR_ID=`hostuuid`', 'ARGUS_MONITOR_ID=127.0.0.1')


def ask():
    page(8900, expected='origin')
    page(8900, expected='origin')
    time.sleep(6)
    has('8900', run('ra', '-n', '-r', '/var/log/argus/argus.out', '-', 'port', '8900').stdout)
    with subprocess.Popen(['timeout', '15', 'ra', '-n', '-S', '127.0.0.1:561', '-T', '12'], stdout=subprocess.PIPE, text=True) as reader:
        time.sleep(2)
        page(8900, expected='origin')
        has('8900', reader.communicate()[0])
