"""Sound for all rooms, a user of its own: what it is asked by TCP, and the pipe in /tmp that it made to take sound from."""
import os
import stat

from client import talk

packages = 'snapserver'
patience = 30


def ask():
    talk(1705, b'{"id":1,"jsonrpc":"2.0","method":"Server.GetStatus"}\r\n', b'"streams"')
    assert stat.S_ISFIFO(os.stat('/tmp/snapfifo').st_mode)
    os.unlink('/tmp/snapfifo')
