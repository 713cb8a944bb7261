"""Boots other machines, in Go, a user of its own, locked in somewhat: what a machine shall boot, by a pattern, its settings, and a file."""
from client import page, write

packages = 'shoelaces'
DATA = '/var/lib/shoelaces'
files = {
    '/etc/default/shoelaces': f'ARGS="-static-dir=/usr/share/shoelaces/web -data-dir={DATA} -bind-addr=localhost:8082"\n',
    f'{DATA}/mappings.yaml': 'networkMaps:\n- network: 127.0.0.0/8\n  script:\n    name: test.ipxe\n    params:\n      word: told\n',
    f'{DATA}/ipxe/test.ipxe.slc': '{{define "test.ipxe" -}}\n#!ipxe\necho {{.word}}\n{{end}}\n',
    f'{DATA}/static/file': 'a file\n',
}


def ask():
    page(8082, '/poll/1/06-66-de-ad-be-ef', '#!ipxe', host='localhost')
    page(8082, '/configs/static/file', 'a file', host='localhost')
    page(8082, '/', 'Shoelaces', host='localhost')
