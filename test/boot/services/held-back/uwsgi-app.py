"""Python by uWSGI, from a file of its own, workers become a user: a note kept."""
from client import USER, page

packages = 'uwsgi-core,uwsgi-plugin-python3'
files = {
    '/etc/systemd/system/uwsgi-app.service': """[Unit]
Description=uWSGI app
After=network.target

[Service]
Type=notify
ExecStart=/usr/bin/uwsgi --ini /etc/uwsgi-app.ini
KillSignal=SIGQUIT
Restart=on-failure
NotifyAccess=all

[Install]
WantedBy=multi-user.target
""",
    '/etc/uwsgi-app.ini': f'[uwsgi]\nplugins = python3\nhttp-socket = 127.0.0.1:8040\nuid = {USER}\ngid = {USER}\nmaster = true\nprocesses = 2\nchdir = /srv/uwsgi-app\nwsgi-file = app.py\n',
    '/srv/uwsgi-app/app.py': """
import os, tempfile

def application(environment, start):
    with tempfile.NamedTemporaryFile(mode='w+') as file:
        file.write(environment['QUERY_STRING'])
        file.seek(0)
        text = f'{file.read()} {os.getuid()}'
    start('200 OK', [('Content-Type', 'text/plain')])
    return [text.encode()]
""",
}


def ask():
    page(8040, '/?a-note', 'a-note 1000')
