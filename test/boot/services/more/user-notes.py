"""A user's unit in Python: a note posted, written to the home, read."""
from client import USER, page

manager = 'user'
control = 'RestrictAddressFamilies=none'
files = {
    f'/home/{USER}/.config/systemd/user/user-notes.service': """[Unit]
Description=Notes of mine

[Service]
ExecStart=/usr/bin/python3 %h/notes/notes.py
Restart=on-failure

[Install]
WantedBy=default.target
""",
    f'/home/{USER}/notes/notes.py': """
import os, subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer

KEPT = os.path.expanduser('~/notes/kept')

class Notes(BaseHTTPRequestHandler):
    def do_POST(self):
        with open(KEPT, 'wb') as file:
            file.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(subprocess.check_output(['cat', KEPT]))

HTTPServer(('127.0.0.1', 8020), Notes).serve_forever()
""",
}


def ask():
    page(8020, data=b'a note', expected='a note')
