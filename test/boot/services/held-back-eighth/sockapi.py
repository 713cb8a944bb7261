"""Python, socket activation, in a folder of /run for the web's group, ends when it is idle: a page asked through nginx, and a counter kept."""
import re
import time
import urllib.request

from client import run, write

packages = 'nginx'
starts = 'sockapi.socket'
control = 'ReadOnlyPaths=/var/lib/sockapi'
patience = 30
files = {
    '/etc/systemd/system/sockapi.socket': """[Unit]
Description=Counter API socket

[Socket]
ListenStream=/run/sockapi/api.sock
SocketUser=sockapi
SocketGroup=www-data
SocketMode=0660

[Install]
WantedBy=sockets.target
""",
    '/etc/systemd/system/sockapi.service': """[Unit]
Description=Counter API
Requires=sockapi.socket

[Service]
User=sockapi
StateDirectory=sockapi
ExecStart=/usr/local/lib/sockapi/api.py
TimeoutStartSec=10
""",
    '/usr/local/lib/sockapi/api.py': """#!/usr/bin/env python3
import http.server
import os
import socket
import socketserver
import sys

STATE = os.path.join(os.environ.get('STATE_DIRECTORY', '.'), 'count')


class Handler(http.server.BaseHTTPRequestHandler):
    def address_string(self):
        return 'local'

    def do_GET(self):
        try:
            with open(STATE) as file:
                count = int(file.read())
        except FileNotFoundError:
            count = 0
        with open(STATE + '.new', 'w') as file:
            file.write(str(count + 1))
        os.rename(STATE + '.new', STATE)
        body = f'count={count + 1}'.encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    timeout = 2
    daemon_threads = True

    def handle_timeout(self):
        sys.exit(0)


assert os.environ.get('LISTEN_PID') == str(os.getpid())
server = Server(('', 0), Handler, bind_and_activate=False)
server.socket = socket.socket(fileno=3)
while True:
    server.handle_request()
""",
}


def prepare():
    run('useradd', '-r', 'sockapi')
    write('/etc/nginx/sites-enabled/default', 'server {\n  listen 127.0.0.1:8714;\n  location / { proxy_pass http://unix:/run/sockapi/api.sock; }\n}\n')
    run('systemctl', 'start', 'nginx', check=True)


def ask():
    numbers = []
    for _ in range(2):
        with urllib.request.urlopen('http://127.0.0.1:8714/', timeout=10) as answer:
            numbers.append(int(re.search(r'count=(\d+)', answer.read().decode())[1]))
        time.sleep(2.5)
    assert numbers[1] == numbers[0] + 1, numbers
