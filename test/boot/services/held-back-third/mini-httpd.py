"""Web server, starts as root, becomes a user, locked in somewhat: a page, and a script that it runs."""
from client import page, write

packages = 'mini-httpd'
alone = 'port 80'


def prepare():
    write('/var/www/html/x.html', 'a page\n')
    write('/var/www/html/cgi-bin/x', '#!/bin/sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n"\nid -un\necho kept > /tmp/kept-by-cgi && cat /tmp/kept-by-cgi\n')


def ask():
    page(80, '/x.html', 'a page', host='localhost')
    page(80, '/cgi-bin/x', 'nobody\nkept', host='localhost')
