"""Database in Go, a user of its own: a value stored and read."""
import json
import urllib.request

from client import has

packages = 'etcd-server'


def post(path, **body):
    request = urllib.request.Request(f'http://127.0.0.1:2379/v3/kv/{path}', json.dumps(body).encode(), {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read()


def ask():
    post('put', key='aw==', value='dg==')
    has(b'dg==', post('range', key='aw=='))
