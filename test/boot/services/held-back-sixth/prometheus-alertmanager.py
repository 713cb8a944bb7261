"""Monitoring, in Go, a user of its own: an alert given to it, silenced, and told to a server of ours."""
import json
import time

from client import fresh, page, run, write

packages = 'prometheus-alertmanager'
patience = 40
files = {}
SERVER = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Told(BaseHTTPRequestHandler):
    def do_POST(self):
        open('/root/told', 'ab').write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(200)
        self.end_headers()
HTTPServer(('127.0.0.1', 8415), Told).serve_forever()
"""


def prepare():
    write('/etc/prometheus/alertmanager.yml', 'route:\n  receiver: us\n  group_wait: 1s\n  group_interval: 1s\n  repeat_interval: 1s\nreceivers:\n- name: us\n  webhook_configs:\n  - url: http://127.0.0.1:8415/\n')
    write('/root/told.py', SERVER)
    run('systemd-run', '-u', 'alert-told', 'python3', '/root/told.py')


def ask():
    head = {'Content-Type': 'application/json'}
    page(9093, '/api/v2/alerts', data=json.dumps([{'labels': {'alertname': 'Fire', 'at': str(time.time())}}]).encode(), headers=head)
    page(9093, '/api/v2/alerts', expected='Fire')
    time.sleep(3)
    fresh('/root/told')
