"""Python, as root, by a socket in /run: a user of the machine made, with a home, a password and a folder, whether a password is right by /etc/shadow, and gone again."""
import os

from client import has, run

packages = 'socat'
control = 'ReadOnlyPaths=/etc'
files = {
    '/etc/systemd/system/signup.service': """[Unit]
Description=signup

[Service]
ExecStart=/opt/signup/signup.py
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/signup/signup.py': """#!/usr/bin/python3
import os, socketserver, subprocess

class Signup(socketserver.StreamRequestHandler):
    def handle(self):
        verb, name, *rest = self.rfile.readline().decode().split()
        try:
            if verb == 'add':
                subprocess.run(['useradd', '-m', '-s', '/bin/sh', name], check=True)
                subprocess.run(['chpasswd'], input=f'{name}:{rest[0]}', text=True, check=True)
                subprocess.run(['su', '-', name, '-c', 'mkdir -p public && umask > public/umask'], check=True)
                os.chmod(f'/home/{name}', 0o711)
            elif verb == 'del':
                subprocess.run(['userdel', '-f', '-r', name], check=True, stderr=subprocess.DEVNULL)
            shadow = dict(line.split(':', 2)[:2] for line in open('/etc/shadow'))
            self.wfile.write(f'ok {shadow.get(name, "none")[:3]}\\n'.encode())
        except Exception as error:
            self.wfile.write(f'{error!r}\\n'.encode())

path = '/run/signup.sock'
if os.path.exists(path):
    os.unlink(path)
with socketserver.ThreadingUnixStreamServer(path, Signup) as server:
    os.chmod(path, 0o600)
    server.serve_forever()
""",
}


def ask():
    say = lambda words: run('socat', '-t', '20', '-', 'UNIX-CONNECT:/run/signup.sock', input=words + '\n').stdout
    run('userdel', '-f', '-r', 'anna')
    has('ok $', say('add anna secret'))
    assert os.path.exists('/home/anna/public/umask') and os.stat('/home/anna').st_mode & 0o777 == 0o711
    has('ok non', say('del anna'))
    assert not os.path.exists('/home/anna')
