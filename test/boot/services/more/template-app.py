"""Template of our own, an instance a port: its answer."""
from client import USER, page

unit = 'template-app@.service'
starts = 'template-app@8029.service'
files = {
    '/etc/systemd/system/template-app@.service': f"""[Unit]
Description=Files on port %i

[Service]
User={USER}
ExecStart=/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory /srv/%i %i
Restart=on-failure
""",
    '/srv/8029/x': 'hello\n',
}


def ask():
    page(8029, '/x', 'hello')
