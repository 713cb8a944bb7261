"""A handler of our own for each who comes, as root, its connection on standard input: a line kept below /var/lib."""
from client import fresh, talk

packages = 'python3'
unit = 'accept-handler@.service'
starts = 'accept-handler.socket'
control = 'ReadOnlyPaths=/var/lib'
files = {
    '/etc/systemd/system/accept-handler.socket': """[Socket]
ListenStream=127.0.0.1:8070
Accept=yes

[Install]
WantedBy=sockets.target
""",
    '/etc/systemd/system/accept-handler@.service': """[Service]
ExecStart=-/usr/local/lib/accept/handle
StandardInput=socket
StandardError=journal
""",
    '/usr/local/lib/accept/handle': '#!/usr/bin/python3\nimport os, sys\nline = sys.stdin.readline().strip()\nos.makedirs("/var/lib/accept", exist_ok=True)\nopen("/var/lib/accept/" + line, "w").write(line)\nos.chown("/var/lib/accept/" + line, 1000, 1000)\nprint("kept", line, flush=True)\n',
}


def ask():
    talk(8070, b'x\n', b'kept x')
    fresh('/var/lib/accept/x')
