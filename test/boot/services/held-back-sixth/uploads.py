"""Python, a user of its own, in /srv: what is uploaded goes to a folder of a group, which another of that group reads, renames and packs."""
import os
import stat

from client import page, run

control = 'ReadOnlyPaths=/srv'
files = {
    '/etc/systemd/system/uploads.service': """[Unit]
Description=uploads
After=network.target

[Service]
User=uploads
Group=files
WorkingDirectory=/srv/uploads
ExecStart=/srv/uploads/app.py
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/srv/uploads/app.py': """#!/usr/bin/python3
import os, shutil, tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer

os.umask(0o002)

class App(BaseHTTPRequestHandler):
    def do_PUT(self):
        name = os.path.basename(self.path)
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(self.rfile.read(int(self.headers['Content-Length'])))
        day = '/srv/files/today'
        os.makedirs(day, exist_ok=True)
        shutil.copy(file.name, f'{day}/{name}')
        os.chmod(f'{day}/{name}', 0o664)
        os.unlink(file.name)
        self.send_response(201)
        self.end_headers()
        self.wfile.write(name.encode())

HTTPServer(('127.0.0.1', 8401), App).serve_forever()
""",
}


def prepare():
    run('sh', '-c', 'groupadd files; useradd -r -g files uploads; useradd -G files -m clerk; mkdir -p /srv/files; chown uploads:files /srv/files; chmod 2775 /srv/files')


def ask():
    page(8401, '/letter.txt', data=b'a letter', method='PUT', expected='letter.txt')
    run('runuser', '-u', 'clerk', '--', 'sh', '-c', 'cd /srv/files/today && cat letter.txt && echo more >> letter.txt && mv letter.txt read.txt && rm read.txt', check=True)
    assert os.stat('/srv/files/today').st_mode & stat.S_ISGID
    run('rm', '-r', '/srv/files/today', check=True)
