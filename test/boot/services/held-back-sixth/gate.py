"""Python, a user of its own: who asks by its socket in /run is known by the kernel's word, and let in by name and group."""
import socket

from client import has, run

packages = 'socat'
control = 'RestrictAddressFamilies=~AF_UNIX'
files = {
    '/etc/systemd/system/gate.service': """[Unit]
Description=Who may come in

[Service]
User=gate
RuntimeDirectory=gate
ExecStart=/usr/bin/python3 /usr/local/lib/gate/gate.py
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/lib/gate/gate.py': """
import os, pwd, grp, socket, struct

server = socket.socket(socket.AF_UNIX)
server.bind('/run/gate/gate')
os.chmod('/run/gate/gate', 0o666)
server.listen()
while True:
    peer, _ = server.accept()
    pid, uid, gid = struct.unpack('3i', peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    name = pwd.getpwuid(uid).pw_name
    allowed = name == 'root' or name in grp.getgrnam('users').gr_mem
    peer.sendall(f'{name} {grp.getgrgid(gid).gr_name} {"yes" if allowed else "no"}\\n'.encode())
    peer.close()
""",
}


def prepare():
    run('sh', '-c', 'useradd -r gate; usermod -aG users u; useradd stranger')


def ask():
    for user, answer in (('u', 'u u yes'), ('root', 'root root yes'), ('stranger', 'stranger stranger no')):
        has(answer, run('runuser', '-u', user, '--', 'socat', '-', 'UNIX-CONNECT:/run/gate/gate', cwd='/').stdout)
