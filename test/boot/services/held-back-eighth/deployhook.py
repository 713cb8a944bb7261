"""Python, as root, told by a forge: a signed word has a script pull a checkout, build it, give it to the web's user, and start another unit again."""
import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.request

from client import has, page, read, run

packages = 'git,rsync'
control = 'ReadOnlyPaths=/srv/site'
files = {
    '/etc/systemd/system/deployhook.service': """[Unit]
Description=Deploys what is pushed
After=network.target

[Service]
EnvironmentFile=/etc/deployhook.env
ExecStart=/usr/bin/python3 /opt/deployhook/hook.py
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/etc/deployhook.env': 'HOOK_SECRET=s3cret\nHOOK_PORT=8712\nHOOK_SCRIPT=/opt/deployhook/deploy.sh\n',
    '/opt/deployhook/hook.py': """
import hashlib, hmac, http.server, json, os, subprocess

secret = os.environ['HOOK_SECRET'].encode()


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        wanted = 'sha256=' + hmac.new(secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, self.headers.get('X-Hub-Signature-256', '')):
            self.send_error(403)
            return
        branch = json.loads(body)['ref'].rsplit('/', 1)[-1]
        done = subprocess.run([os.environ['HOOK_SCRIPT'], branch], capture_output=True, text=True)
        print(done.stdout, done.stderr, flush=True)
        self.send_response(200 if done.returncode == 0 else 500)
        self.end_headers()
        self.wfile.write((done.stdout + done.stderr).encode())


http.server.HTTPServer(('127.0.0.1', int(os.environ['HOOK_PORT'])), Hook).serve_forever()
""",
    '/opt/deployhook/deploy.sh': """#!/bin/bash
set -euo pipefail
cd /srv/site
git fetch -q origin
git checkout -q -B "$1" "origin/$1"
sh ./build.sh
rsync -a --delete --chown=www-data:www-data public/ /var/www/site/
find /var/www/site -type d -exec chmod 2755 {} +
systemctl restart site
echo "deployed $(git rev-parse --short HEAD)"
""",
    '/etc/systemd/system/site.service': '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c "cat /var/www/site/index.html > /run/site-started"\n',
}


def prepare():
    run('sh', '-c', """set -e; export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init -q --bare -b main /srv/git/site.git; git clone -q /srv/git/site.git /root/site-work; cd /root/site-work
printf 'mkdir -p public; sed s/X/built/ index.in > public/index.html\\n' > build.sh; echo X > index.in; git add .; git commit -q -m first; git push -q origin HEAD:main
git clone -q -b main /srv/git/site.git /srv/site; mkdir -p /var/www""", check=True)


def push(secret):
    body = json.dumps({'ref': 'refs/heads/main'}).encode()
    sign = 'sha256=' + hmac.new(secret, body, hashlib.sha256).hexdigest()
    request = urllib.request.Request('http://127.0.0.1:8712/', data=body, headers={'X-Hub-Signature-256': sign})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        if error.code == 403:
            return 'refused'
        raise AssertionError(error.read().decode()) from error


def ask():
    word = f'X {time.monotonic_ns()}'
    run('sh', '-c', f'cd /root/site-work && echo "{word}" > index.in && git -c user.name=a -c user.email=a@example.org commit -q -a -m next && git push -q origin HEAD:main', check=True)
    assert push(b'wrong') == 'refused'
    has('deployed', push(b's3cret'))
    has(word.replace('X', 'built'), read('/run/site-started'))
    assert os.stat('/var/www/site/index.html').st_uid == 33
    assert os.stat('/var/www/site').st_mode & 0o2000
