"""Cache before a web server, compiles its configuration: a page of it."""
from client import ORIGIN, page, write

packages = 'varnish'
patience = 30


def prepare():
    write('/etc/varnish/default.vcl', f'vcl 4.1;\nbackend default {{ .host = "127.0.0.1"; .port = "{ORIGIN}"; }}\n')


def ask():
    page(6081, expected='origin')
