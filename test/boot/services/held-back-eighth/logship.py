"""Python, a user of its own in the group that reads logs: lines of logs sent to a server by TCP, where it was kept over its restart and that of the logs."""
import os
import socketserver
import threading
import time

from client import append, run

control = 'InaccessiblePaths=/var/log/shop'
files = {
    '/etc/systemd/system/logship.service': """[Unit]
Description=Ship logs
After=network.target

[Service]
Type=simple
User=logship
SupplementaryGroups=adm
StateDirectory=logship
StateDirectoryMode=0750
ExecStart=/usr/bin/python3 -u /usr/local/lib/logship/logship.py /etc/logship.conf
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
""",
    '/etc/logship.conf': '[logship]\nfiles = /var/log/shop/*.log\nserver = 127.0.0.1:8710\nstate = /var/lib/logship/offsets.json\n',
    '/usr/local/lib/logship/logship.py': """
import configparser
import glob
import json
import os
import socket
import sys
import time

config = configparser.ConfigParser()
config.read(sys.argv[1])
config = config['logship']
state = config['state']
try:
    with open(state) as file:
        offsets = json.load(file)
except FileNotFoundError:
    offsets = {}


def keep():
    with open(f'{state}.new', 'w') as file:
        json.dump(offsets, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(f'{state}.new', state)


def send(lines):
    host, port = config['server'].rsplit(':', 1)
    with socket.create_connection((host, int(port)), timeout=5) as peer:
        peer.sendall(b''.join(lines))


while True:
    for path in glob.glob(config['files']):
        with open(path, 'rb') as file:
            inode = str(os.fstat(file.fileno()).st_ino)
            file.seek(offsets.get(inode, 0))
            lines = [line for line in file if line.endswith(b'\\n')]
        if lines:
            try:
                send([f'{socket.gethostname()} {os.path.basename(path)} '.encode() + line for line in lines])
            except OSError as error:
                print(f'cannot send: {error}')
                continue
            offsets[inode] = offsets.get(inode, 0) + sum(map(len, lines))
            keep()
    time.sleep(0.3)
""",
}
taken = []


def prepare():
    run('sh', '-c', 'useradd -r logship; mkdir -p -m 0750 /var/log/shop; touch /var/log/shop/web.log; chown -R www-data:adm /var/log/shop; chmod 640 /var/log/shop/web.log')

    class Peer(socketserver.StreamRequestHandler):
        def handle(self):
            taken.extend(self.rfile)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    threading.Thread(target=Server(('127.0.0.1', 8710), Peer).serve_forever, daemon=True).start()


def ask():
    word = f'line {time.monotonic_ns()}'
    append('/var/log/shop/web.log', f'{word}\n')
    time.sleep(1.2)
    assert [line for line in taken if word.encode() in line] == [f'test web.log {word}\n'.encode()], taken[-2:]
    assert os.path.exists('/var/lib/logship/offsets.json')
