"""What names were seen, in Go, a user of its own: observations taken by HTTP and handed to a database by TCP, and asked for by GraphQL."""
import json
import os
import socketserver
import threading
import urllib.request

from client import has, page, run

packages = 'balboa,balboa-backend-common'
patience = 30
taken = []


class Backend(socketserver.BaseRequestHandler):
    def handle(self):
        while more := self.request.recv(4096):
            taken.append(more)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def prepare():
    threading.Thread(target=Server(('127.0.0.1', 4242), Backend).serve_forever, daemon=True).start()
    run('sh', '-c', 'mkdir -p /run/balboa && chown balboa /run/balboa; touch /var/log/balboa.log && chown balboa /var/log/balboa.log')


def ask():
    taken.clear()
    seen = {'timestamp_start': '2026-11-29T12:00:00Z', 'timestamp_end': '2026-11-29T12:00:10Z', 'dns': {'www.example.test': {'rdata': [{'answering_host': '10.0.0.1', 'rrtype': 'A', 'rdata': '10.1.2.3', 'rcode': '0', 'count': 4}]}}}
    urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:8081/submit', data=json.dumps(seen).encode(), method='POST', headers={'Content-Type': 'application/json'}), timeout=5).read()
    import time
    time.sleep(2)
    has(b'example.test', b''.join(taken))
    query = urllib.request.Request('http://127.0.0.1:8080/query', data=json.dumps({'query': '{ __schema { queryType { name } } }'}).encode(), method='POST')
    has(b'Query', urllib.request.urlopen(query, timeout=5).read())
    assert os.path.exists('/run/balboa/balboa-suri.sock')
