"""PHP, starts as root, its workers are users: a script run by FastCGI, that keeps a session."""
import glob
import os

from client import run

packages = 'php-fpm,libfcgi-bin'
VERSION = os.listdir('/etc/php')[0]
unit = f'php{VERSION}-fpm.service'
files = {'/var/www/php/x.php': '<?php session_start(); $_SESSION["a"] = 1; echo "is ", 40 + 2, " ", posix_getpwuid(posix_geteuid())["name"]; file_put_contents(tempnam("/tmp", "x"), "x");\n'}
control = 'NoExecPaths=/usr/sbin'


def ask():
    said = run('cgi-fcgi', '-bind', '-connect', f'/run/php/php{VERSION}-fpm.sock', env={'PATH': '/usr/bin', 'REQUEST_METHOD': 'GET', 'SCRIPT_FILENAME': '/var/www/php/x.php'})
    assert 'is 42 www-data' in said.stdout, said.stdout + said.stderr
    assert glob.glob('/var/lib/php/sessions/sess_*')
