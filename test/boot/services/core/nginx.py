"""Web server, starts as root: a page, by a pattern."""
from client import page, write

packages = 'nginx'
alone = 'port 80'


def prepare():
    write('/etc/nginx/conf.d/pattern.conf', 'server {\n  listen 127.0.0.1:8051;\n  location ~ ^/of/(x+)$ { return 200 "by $1"; }\n}\n')


def ask():
    page()
    page(8051, '/of/xx', 'by xx')
