"""Python, a user of its own: a note posted, written to a file, read."""
from client import page

files = {
    '/etc/systemd/system/python-app.service': """[Unit]
Description=Notes
After=network.target

[Service]
User=u
WorkingDirectory=/home/u
ExecStart=/usr/bin/python3 /opt/notes/notes.py
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/notes/notes.py': """
from http.server import BaseHTTPRequestHandler, HTTPServer

class Notes(BaseHTTPRequestHandler):
    def do_POST(self):
        with open('notes.txt', 'wb') as file:
            file.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.do_GET()

    def do_GET(self):
        with open('notes.txt', 'rb') as file:
            text = file.read()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text)

HTTPServer(('', 8001), Notes).serve_forever()
""",
}


def ask():
    page(8001, data=b'a note', expected='a note')
    page(8001, expected='a note')
