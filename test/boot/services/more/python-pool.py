"""Python in an environment of its own, a pool of processes with shared memory, as root: sums, and what it sends to a log of its own."""
import os

from client import page, run

control = 'InaccessiblePaths=/dev/shm'
files = {
    '/etc/systemd/system/python-pool.service': """[Unit]
Description=Sums
After=network.target

[Service]
WorkingDirectory=/opt/sums
Environment=PYTHONUNBUFFERED=1
EnvironmentFile=/opt/sums/.env
ExecStartPre=/bin/mkdir -p /var/log/sums
ExecStart=/opt/sums/venv/bin/python app.py
StandardOutput=append:/var/log/sums.log
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/sums/.env': 'PORT=8103\n',
    '/opt/sums/app.py': """
import logging.handlers, multiprocessing, os, socketserver
from multiprocessing import shared_memory
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

log = logging.getLogger()
log.addHandler(logging.handlers.RotatingFileHandler('/var/log/sums/sums.log'))

def total(name):
    block = shared_memory.SharedMemory(name)
    try:
        return sum(block.buf[:10])
    finally:
        block.close()

class Sums(BaseHTTPRequestHandler):
    def do_GET(self):
        block = shared_memory.SharedMemory(create=True, size=10)
        block.buf[:10] = bytes(range(10))
        said = pool.map(total, [block.name] * 4)
        block.close()
        block.unlink()
        log.warning('asked')
        self.send_response(200)
        self.end_headers()
        self.wfile.write(repr(said).encode())

if __name__ == '__main__':
    pool = multiprocessing.get_context('spawn').Pool(2)
    ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Sums).serve_forever()
""",
}


def prepare():
    run('python3', '-m', 'venv', '--without-pip', '/opt/sums/venv')


def ask():
    page(8103, expected='[45, 45, 45, 45]')
    assert os.path.getsize('/var/log/sums/sums.log')
