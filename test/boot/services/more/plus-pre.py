"""A program of our own, as a user, for which root makes folders before: a word, by a socket in /run that a group may use."""
import os
import socket
import stat

from client import USER, has

control = 'ReadOnlyPaths=/var/cache'
files = {
    '/etc/systemd/system/plus-pre.service': f"""[Unit]
Description=Words

[Service]
User={USER}
UMask=0002
PermissionsStartOnly=true
ExecStartPre=/bin/mkdir -p /run/words /var/cache/words
ExecStartPre=/bin/chown {USER}:daemon /run/words /var/cache/words
ExecStartPre=/bin/chmod 2775 /run/words
ExecStart=/opt/words/bin/words --socket /run/words/socket
ExecStopPost=/bin/rm -rf /run/words
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/words/bin/words': """#!/usr/bin/python3
import socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[2])
server.listen()
while True:
    peer, _ = server.accept()
    word = peer.recv(100)
    open('/var/cache/words/last', 'wb').write(word)
    peer.sendall(b'kept ' + word)
    peer.close()
""",
}


def ask():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/run/words/socket')
        peer.sendall(b'a word')
        has(b'kept a word', peer.recv(100))
    assert stat.S_IMODE(os.stat('/run/words/socket').st_mode) & 0o20 and os.stat('/run/words').st_mode & stat.S_ISGID
