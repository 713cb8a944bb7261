"""Names for changing addresses, in Perl, as root: an address that a program of ours says, told to a server of ours."""
import http.server
import threading

from client import run, write

packages = 'ddclient'
patience = 30
got = []
files = {'/usr/local/bin/my-address': '#!/bin/sh\necho 203.0.113.$(( $(date +%s) % 250 + 1 ))\n'}


def prepare():
    write('/etc/ddclient.conf', 'daemon=5\nssl=no\ncache=/var/cache/ddclient/ddclient.cache\nuse=cmd, cmd=/usr/local/bin/my-address\nprotocol=dyndns2\nserver=127.0.0.1:8108\nmin-interval=1\nlogin=x\npassword=word\nx.example.org\n', 0o600)

    class Names(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            got.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'good 203.0.113.1\n')

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 8108), Names)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def ask():
    assert any('x.example.org' in path and 'myip=203.0.113.' in path for path in got), got
    got.clear()
    run('sh', '-c', 'rm -f /var/cache/ddclient/*')
