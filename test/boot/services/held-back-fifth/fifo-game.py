"""A game's server, a user's, that is told words by a pipe of systemd's: a word answered in its log, and what it saves when it stops."""
import os
import time

from client import USER, read, run

unit = 'fifo-game.service'
control = 'ReadOnlyPaths=/opt'
files = {
    '/etc/systemd/system/fifo-game.socket': f"""[Unit]
BindsTo=fifo-game.service

[Socket]
ListenFIFO=%t/fifo-game.stdin
Service=fifo-game.service
RemoveOnStop=true
SocketMode=0660
SocketUser={USER}
""",
    '/etc/systemd/system/fifo-game.service': f"""[Unit]
Description=Game of the house
After=network.target

[Service]
Type=simple
User={USER}
WorkingDirectory=/opt/fifo-game/world
Sockets=fifo-game.socket
StandardInput=socket
StandardOutput=journal
StandardError=journal
ExecStart=/usr/bin/python3 -u ../game.py --nogui
ExecStop=/bin/sh -c 'echo stop > %t/fifo-game.stdin'
ExecStop=/bin/sh -c 'while kill -0 $MAINPID 2>/dev/null; do sleep 0.2; done'
SuccessExitStatus=143

[Install]
WantedBy=multi-user.target
""",
    '/opt/fifo-game/game.py': """
import os, sys, tempfile, mmap, ctypes
log = open('latest.log', 'a', buffering=1)
for line in sys.stdin:
    if line.strip() == 'stop':
        with tempfile.NamedTemporaryFile('w', dir='.', delete=False) as file:
            file.write('saved')
        os.replace(file.name, 'level.dat')
        break
    print('heard', line.strip(), file=log)
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /opt/fifo-game/world; chown -R {USER} /opt/fifo-game')


def ask():
    pipe = os.open('/run/fifo-game.stdin', os.O_WRONLY | os.O_NONBLOCK)
    os.write(pipe, b'a word\n')
    os.close(pipe)
    time.sleep(0.3)
    assert 'heard a word' in read('/opt/fifo-game/world/latest.log')
    os.truncate('/opt/fifo-game/world/latest.log', 0)
