"""A script of the shell, a user for the time, in a loop: its address asked of ip and told to a server by curl when it is another, as its folder of state remembers."""
import http.server
import os
import threading
import time

from client import run

packages = 'curl,iproute2'
control = 'RestrictAddressFamilies=~AF_NETLINK'
files = {
    '/etc/systemd/system/dyndns.service': """[Unit]
Description=Dynamic DNS updates
After=network-online.target
Wants=network-online.target

[Service]
DynamicUser=yes
StateDirectory=dyndns
EnvironmentFile=/etc/dyndns.conf
ExecStart=/usr/local/bin/dyndns
Restart=always
RestartSec=30

[Install]
WantedBy=multi-user.target
""",
    '/etc/dyndns.conf': 'URL=http://127.0.0.1:8721/update\nDEVICE=lo\nTOKEN=abc\nEVERY=0.5\n',
    '/usr/local/bin/dyndns': """#!/bin/bash
last=$(cat "$STATE_DIRECTORY/last" 2>/dev/null)
while true; do
  now=$(ip -4 -o addr show dev "$DEVICE" scope global | awk '{print $4}' | cut -d/ -f1 | head -n1)
  if [ -n "$now" ] && [ "$now" != "$last" ]; then
    if curl -fsS --retry 3 -K - <<< "header = \\"Authorization: Bearer $TOKEN\\"" "$URL?ip=$now" > /dev/null; then
      echo "$now" > "$STATE_DIRECTORY/last"
      last=$now
      echo "updated to $now"
    fi
  fi
  sleep "$EVERY"
done
""",
}
told = []


def prepare():
    class Peer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.headers['Authorization'] == 'Bearer abc':
                told.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    threading.Thread(target=http.server.ThreadingHTTPServer(('127.0.0.1', 8721), Peer).serve_forever, daemon=True).start()


def ask():
    address = f'198.51.100.{time.monotonic_ns() % 250 + 1}'
    run('ip', 'address', 'flush', 'dev', 'lo', 'scope', 'global')
    run('ip', 'address', 'add', f'{address}/32', 'dev', 'lo', check=True)
    for _ in range(40):
        if f'/update?ip={address}' in told:
            break
        time.sleep(0.1)
    assert told and told[-1] == f'/update?ip={address}', told
    time.sleep(1.2)
    assert told.count(f'/update?ip={address}') == 1 and os.path.exists('/var/lib/dyndns/last'), told
