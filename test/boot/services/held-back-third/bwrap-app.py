"""Python as a user, within bubblewrap, which makes namespaces: a note kept in the one folder that it has."""
from client import USER, page, run

packages = 'bubblewrap'
control = 'RestrictNamespaces=yes'
files = {
    '/etc/systemd/system/bwrap-app.service': f"""[Unit]
Description=Notes, locked in
After=network.target

[Service]
User={USER}
ExecStart=/usr/bin/bwrap --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --bind /srv/locked-in /data --unshare-user --unshare-pid --unshare-ipc --die-with-parent /usr/bin/python3 /usr/local/lib/locked-in.py
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/lib/locked-in.py': """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Notes(BaseHTTPRequestHandler):
    def do_POST(self):
        with open('/data/note', 'wb') as file:
            file.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open('/data/note', 'rb').read() + b' of %d' % os.getpid())

HTTPServer(('127.0.0.1', 8101), Notes).serve_forever()
""",
}


def prepare():
    run('mkdir', '-p', '/srv/locked-in', '/data')
    run('chown', USER, '/srv/locked-in')


def ask():
    page(8101, data=b'a note', expected='a note of ')
