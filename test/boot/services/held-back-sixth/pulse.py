"""A script of the shell that starts a program, which tells when it is ready and keeps time, as a user: that it stays, and what it says of itself."""
import time

from client import page, run

control = 'PrivateNetwork=yes\nNotifyAccess=main'
patience = 30
files = {
    '/etc/systemd/system/pulse.service': """[Unit]
Description=pulse

[Service]
Type=notify
NotifyAccess=all
WatchdogSec=3
TimeoutStartSec=10
User=daemon
ExecStart=/opt/pulse/run.sh
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/pulse/run.sh': """#!/bin/sh
cd "$(dirname "$0")"
. ./settings
trap 'kill $child; wait; exit 0' TERM
PORT=$PORT python3 pulse.py &
child=$!
wait
""",
    '/opt/pulse/settings': 'PORT=8402\n',
    '/opt/pulse/pulse.py': """
import os, socket, threading, time
from http.server import BaseHTTPRequestHandler, HTTPServer

def tell(word):
    address = os.environ['NOTIFY_SOCKET']
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
        peer.sendto(word.encode(), '\\0' + address[1:] if address[0] == '@' else address)

def beat():
    while True:
        tell('WATCHDOG=1\\nSTATUS=at ' + str(int(time.monotonic())))
        time.sleep(1)

class Pulse(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getppid()).encode())

server = HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Pulse)
tell('READY=1')
threading.Thread(target=beat, daemon=True).start()
server.serve_forever()
""",
}


def ask():
    main = run('systemctl', 'show', '-P', 'MainPID', 'pulse').stdout.strip()
    time.sleep(4)
    page(8402, expected=main)
    assert run('systemctl', 'show', '-P', 'StatusText', 'pulse').stdout.startswith('at ')
