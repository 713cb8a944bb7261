"""Perl, becomes a user by itself: who it is."""
from client import USER, page

packages = 'starman'
files = {
    '/etc/systemd/system/starman.service': f"""[Unit]
Description=Starman

[Service]
Type=forking
PIDFile=/run/starman.pid
ExecStart=/usr/bin/starman --daemonize --pid /run/starman.pid --user {USER} --group {USER} --listen 127.0.0.1:815 --workers 2 /srv/perl/app.psgi
""",
    '/srv/perl/app.psgi': "sub { [200, ['Content-Type' => 'text/plain'], ['is ' . getpwuid($>)]] };\n",
}


def ask():
    page(815, expected=f'is {USER}')
