"""Python, a user's with one capability: packets of the network seen by a socket of their own kind, its own interface asked, and counted in a file beside it."""
import json
import os
import time

from client import USER, page, read, run

control = 'RestrictAddressFamilies=~AF_PACKET'
files = {
    '/etc/systemd/system/sniff.service': f"""[Unit]
Description=sniff

[Service]
User={USER}
AmbientCapabilities=CAP_NET_RAW
ExecStart=/usr/bin/python3 /srv/sniff/sniff.py lo
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/srv/sniff/sniff.py': """
import json, os, socket, sys
os.chdir(os.path.dirname(os.path.abspath(__file__)))
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
raw.bind((sys.argv[1], 0))
count = {'names': [name for _, name in socket.if_nameindex()], 'web': 0}
while True:
    packet = raw.recv(65535)
    if (8900).to_bytes(2, 'big') in packet[34:38]:
        count['web'] += 1
        with open('count.json.new', 'w') as file:
            json.dump(count, file)
        os.rename('count.json.new', 'count.json')
""",
}


def prepare():
    run('chown', USER, '/srv/sniff')


def ask():
    page(8900, expected='origin')
    time.sleep(0.5)
    said = json.loads(read('/srv/sniff/count.json'))
    assert said['web'] and 'lo' in said['names']
    os.unlink('/srv/sniff/count.json')
