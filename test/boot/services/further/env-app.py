"""Python in /opt, as root's service for a user, with a file of variables: SQLite beside the code, uploads in the code's folder, a socket in /tmp, a callback of ctypes."""
import os
import socket

from client import USER, has, run

packages = 'python3'
files = {
    '/etc/systemd/system/env-app.service': f"""[Unit]
Description=Our app
After=network.target

[Service]
User={USER}
WorkingDirectory=/opt/env-app
EnvironmentFile=/opt/env-app/.env
ExecStart=/opt/env-app/venv/bin/python -m app.main
ExecReload=/bin/kill -HUP $MAINPID
Restart=always
RestartSec=3

[Install]
WantedBy=multi-user.target
""",
    '/opt/env-app/.env': 'SOCKET=/opt/env-app/run.sock\nDATABASE=data/app.db\n',
    '/opt/env-app/app/__init__.py': '',
    '/opt/env-app/app/main.py': """
import ctypes, os, signal, socket, sqlite3, multiprocessing, fcntl
signal.signal(signal.SIGHUP, lambda *_: None)
order = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda a, b: 0)
libc = ctypes.CDLL(None)
libc.qsort((ctypes.c_int * 4)(4, 3, 2, 1), 4, 4, order)
os.makedirs('uploads', exist_ok=True)
os.makedirs('data', exist_ok=True)
path = os.environ['SOCKET']
if os.path.exists(path): os.unlink(path)
server = socket.socket(socket.AF_UNIX)
server.bind(path)
os.chmod(path, 0o666)
server.listen()
lock = multiprocessing.Lock()
while True:
    peer, _ = server.accept()
    word = peer.recv(100).decode()
    with lock, sqlite3.connect(os.environ['DATABASE']) as base:
        base.execute('pragma journal_mode=wal')
        base.execute('create table if not exists t (a)')
        base.execute('insert into t values (?)', (word,))
        open('uploads/' + word, 'w').write(word)
        peer.sendall(str(base.execute('select a from t order by rowid desc').fetchone()[0]).encode())
    peer.close()
""",
}


def prepare():
    run('python3', '-m', 'venv', '--without-pip', '/opt/env-app/venv')
    if not os.path.exists('/opt/env-app/venv/bin/python'):
        os.makedirs('/opt/env-app/venv/bin')
        os.symlink('/usr/bin/python3', '/opt/env-app/venv/bin/python')
    run('chown', '-R', f'{USER}:{USER}', '/opt/env-app')


def ask():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/opt/env-app/run.sock')
        peer.sendall(b'word')
        has(b'word', peer.recv(100))
    os.unlink('/opt/env-app/uploads/word')


control = 'ReadOnlyPaths=/opt'
