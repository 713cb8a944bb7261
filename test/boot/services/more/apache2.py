"""Web server, forks, starts as root: a page, by a pattern."""
from client import page, run, write

packages = 'apache2'
alone = 'port 80'


def prepare():
    run('a2enmod', 'rewrite', check=True)
    write('/etc/apache2/conf-enabled/pattern.conf', 'RedirectMatch 404 ^/(no)+$\n<Location "/">\n  RewriteEngine on\n  RewriteRule ^/?of/x+$ /index.html\n</Location>\n')


def ask():
    page()
