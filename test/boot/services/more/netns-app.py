"""Python within a network of its own, by ip netns: a page, asked for from there, kept from others."""
from client import has, run

packages = 'iproute2'
control = 'RestrictNamespaces=yes'
patience = 30
files = {
    '/etc/systemd/system/netns-app.service': """[Unit]
Description=A page for one network
After=network.target

[Service]
ExecStartPre=-/usr/sbin/ip netns add apart
ExecStartPre=/usr/sbin/ip -n apart link set lo up
ExecStart=/usr/sbin/ip netns exec apart /usr/bin/python3 -m http.server --directory /srv/apart 8106
ExecStopPost=-/usr/sbin/ip netns delete apart
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/srv/apart/x.html': 'a page\n',
}
CODE = 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:8106/x.html", timeout=5).read())'


def ask():
    has('a page', run('ip', 'netns', 'exec', 'apart', 'python3', '-c', CODE, check=True).stdout)
