"""Python, a user of its own, a service of a shop: orders kept by SQLite, settings from a file of variables, read anew when it is reloaded."""
import json
import time
import urllib.request

from client import has, page, run, write

packages = 'curl'
control = 'ReadOnlyPaths=/var/lib/orders'
files = {
    '/etc/systemd/system/orders-api.service': """[Unit]
Description=Orders API
Documentation=https://git.example.com/shop/orders
After=network-online.target
Wants=network-online.target

[Service]
User=orders
Group=orders
EnvironmentFile=/etc/orders/orders.env
StateDirectory=orders
WorkingDirectory=/opt/orders
ExecStart=/usr/bin/python3 -m orders
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
""",
    '/etc/orders/orders.env': 'ORDERS_DB=/var/lib/orders/orders.db\nORDERS_LISTEN=127.0.0.1:8701\nORDERS_CONFIG=/etc/orders/orders.json\n',
    '/etc/orders/orders.json': '{"currency": "EUR"}\n',
    '/opt/orders/orders/__init__.py': '',
    '/opt/orders/orders/__main__.py': """
import json
import logging
import os
import signal
import sqlite3
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

logging.basicConfig(level=logging.INFO)
log = logging.getLogger('orders')
config = {}


def load(*_):
    with open(os.environ['ORDERS_CONFIG']) as file:
        config.update(json.load(file))
    log.info('config loaded')


def database():
    connection = sqlite3.connect(os.environ['ORDERS_DB'], timeout=10)
    connection.execute('pragma journal_mode=wal')
    connection.execute('create table if not exists orders (id text primary key, item text, currency text)')
    return connection


class Handler(BaseHTTPRequestHandler):
    def reply(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        with database() as db:
            rows = db.execute('select id, item, currency from orders').fetchall()
        self.reply(200, [{'id': a, 'item': b, 'currency': c} for a, b, c in rows])

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        name = str(uuid.uuid4())
        with database() as db:
            db.execute('insert into orders values (?, ?, ?)', (name, order['item'], config['currency']))
        self.reply(201, {'id': name})


def main():
    load()
    signal.signal(signal.SIGHUP, load)
    host, port = os.environ['ORDERS_LISTEN'].split(':')
    server = ThreadingHTTPServer((host, int(port)), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    log.info('bye')


main()
""",
}


def prepare():
    run('useradd', '-r', '-s', '/usr/sbin/nologin', 'orders')


def ask():
    item = f'lamp {time.monotonic()}'
    page(8701, '/orders')
    write('/etc/orders/orders.json', '{"currency": "SEK"}\n')
    run('systemctl', 'reload', 'orders-api', check=True)
    time.sleep(0.5)
    request = urllib.request.Request('http://127.0.0.1:8701/orders', data=json.dumps({'item': item}).encode(), method='POST')
    with urllib.request.urlopen(request, timeout=5) as answer:
        name = json.load(answer)['id']
    with urllib.request.urlopen('http://127.0.0.1:8701/orders', timeout=5) as answer:
        said = answer.read().decode()
    has(name, said)
    has('SEK', said)
