"""Serial devices for the network, as root: what is said to a port comes back from the device."""
import os
import pty
import threading
import tty

from client import talk, write

packages = 'ser2net'
control = 'InaccessiblePaths=/dev/pts'
patience = 30


def prepare():
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    name = os.ttyname(theirs)
    write('/etc/ser2net.yaml', f'%YAML 1.1\n---\nconnection: &x\n  accepter: tcp,localhost,2000\n  connector: serialdev,{name},9600n81,local\n')

    def echo():
        while True:
            os.write(ours, os.read(ours, 1000).upper())

    threading.Thread(target=echo, daemon=True).start()


def ask():
    talk(2000, b'hello\n', b'HELLO')
