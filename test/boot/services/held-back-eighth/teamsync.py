"""A timer's job of our own, as root, Python: the team's users made as a list of a server says, with groups, keys for logins and rights for sudo, and those who left locked."""
import http.server
import json
import os
import stat
import threading

from client import read, run

packages = 'sudo'
starts = 'teamsync.timer'
control = 'ReadOnlyPaths=/etc'
files = {
    '/etc/systemd/system/teamsync.service': """[Unit]
Description=Sync team accounts
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 /usr/local/lib/teamsync/sync.py http://127.0.0.1:8726/team.json
""",
    '/etc/systemd/system/teamsync.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    '/usr/local/lib/teamsync/sync.py': """
import grp
import json
import os
import pwd
import shutil
import subprocess
import sys
import urllib.request

GROUP = 'team'


def run(*command):
    subprocess.run(command, check=True)


def known(lookup, name):
    try:
        return lookup(name)
    except KeyError:
        return None


with urllib.request.urlopen(sys.argv[1], timeout=10) as answer:
    team = json.load(answer)

if not known(grp.getgrnam, GROUP):
    run('groupadd', GROUP)
for person in team:
    if not known(pwd.getpwnam, person['name']):
        run('useradd', '-m', '-s', '/bin/bash', '-G', GROUP, person['name'])
    entry = pwd.getpwnam(person['name'])
    folder = os.path.join(entry.pw_dir, '.ssh')
    os.makedirs(folder, mode=0o700, exist_ok=True)
    keys = os.path.join(folder, 'authorized_keys')
    with open(keys, 'w') as file:
        file.writelines(f'{key}\\n' for key in person['keys'])
    os.chmod(keys, 0o600)
    for path in (folder, keys):
        shutil.chown(path, entry.pw_uid, entry.pw_gid)
for name in grp.getgrnam(GROUP).gr_mem:
    if name not in [person['name'] for person in team]:
        run('usermod', '-L', '-s', '/usr/sbin/nologin', name)
        run('gpasswd', '-d', name, GROUP)
path = '/etc/sudoers.d/team'
with open(path + '.new', 'w') as file:
    file.write(f'%{GROUP} ALL=(ALL) NOPASSWD: /usr/bin/systemctl\\n')
os.chmod(path + '.new', 0o440)
run('visudo', '-cqf', path + '.new')
os.replace(path + '.new', path)
print('in step')
""",
}
team = []


def prepare():
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps(team).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    run('useradd', '-m', 'gone')
    run('sh', '-c', 'groupadd team; gpasswd -a gone team')
    team.append({'name': 'ada', 'keys': ['ssh-ed25519 AAAA ada@desk']})
    threading.Thread(target=http.server.ThreadingHTTPServer(('127.0.0.1', 8726), Page).serve_forever, daemon=True).start()


def ask():
    keys = '/home/ada/.ssh/authorized_keys'
    kept, home = os.stat(keys), os.stat('/home/ada')
    assert kept.st_uid == home.st_uid > 0 and stat.S_IMODE(kept.st_mode) == 0o600, kept
    assert 'team' in run('id', '-nG', 'ada').stdout.split()
    assert 'team' not in run('id', '-nG', 'gone').stdout.split()
    assert '/usr/sbin/nologin' in run('getent', 'passwd', 'gone').stdout
    rights = os.stat('/etc/sudoers.d/team')
    assert stat.S_IMODE(rights.st_mode) == 0o440, rights
    assert run('runuser', '-u', 'ada', '--', 'sudo', '-n', 'systemctl', 'is-system-running', cwd='/').stdout.strip() in ('running', 'degraded')
    assert 'AAAA' in read(keys)
    run('sh', '-c', 'userdel -rf ada; rm /etc/sudoers.d/team; usermod -s /bin/bash gone; gpasswd -a gone team')
