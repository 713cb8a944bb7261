"""Web server: a page, by a pattern."""
from client import page, write

packages = 'lighttpd'
alone = 'port 80'


def prepare():
    write('/etc/lighttpd/conf-enabled/99-pattern.conf', 'server.modules += ( "mod_redirect", "mod_rewrite" )\nurl.rewrite-once = ( "^/of/(x+)$" => "/" )\n')


def ask():
    page()
    page(80, '/of/xx')
