"""Logs: one sent by UDP, in a file, and to a program of ours."""
import os
import socket
import time

from client import read, write

packages = 'syslog-ng-core'
patience = 30
control = 'ReadOnlyPaths=/var/log'


def prepare():
    write('/etc/syslog-ng/syslog-ng.conf', """@version: current
source s { unix-dgram("/run/of-test"); udp(ip("127.0.0.1") port(5515)); internal(); };
destination d { file("/var/log/of/test.log" create-dirs(yes) owner("u")); };
destination p { program("/usr/local/bin/take"); };
log { source(s); destination(d); destination(p); };
""")
    write('/usr/local/bin/take', '#!/bin/sh\nexec cat > /tmp/taken\n')


def ask():
    word = f'word{time.monotonic_ns()}'
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(f'<13>Jan  1 00:00:00 test x: {word}\n'.encode(), ('127.0.0.1', 5515))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
        peer.connect('/run/of-test')
        peer.send(b'<13>x: y')
    time.sleep(0.5)
    assert word in read('/var/log/of/test.log') and os.stat('/var/log/of/test.log').st_uid == 1000
    assert word in read('/tmp/taken')
