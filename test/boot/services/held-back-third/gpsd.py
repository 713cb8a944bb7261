"""Where it is, from a serial device, by socket activation, becomes a user: a place that the device said."""
import os
import pty
import socket
import threading
import time
import tty

from client import has, write

packages = 'gpsd'
starts = 'gpsd.socket'
patience = 40
control = 'InaccessiblePaths=/dev/pts'
LINES = ('GPGGA,{now},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,', 'GPRMC,{now},A,4807.038,N,01131.000,E,022.4,084.4,291126,003.1,W')


def prepare():
    """A serial device of ours that says where it is, a few times a second."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    name = os.ttyname(theirs)
    os.chmod(name, 0o666)
    write('/etc/default/gpsd', f'DEVICES="{name}"\nGPSD_OPTIONS="-n"\nUSBAUTO="false"\n')

    def speak():
        os.set_blocking(ours, False)
        while True:
            for text in LINES:
                line = text.format(now=time.strftime('%H%M%S'))
                total = 0
                for letter in line:
                    total ^= ord(letter)
                try:
                    os.write(ours, f'${line}*{total:02X}\r\n'.encode())
                    os.read(ours, 1000)
                except BlockingIOError:
                    pass
            time.sleep(0.25)

    threading.Thread(target=speak, daemon=True).start()


def ask():
    with socket.create_connection(('127.0.0.1', 2947), timeout=5) as peer:
        has(b'VERSION', peer.recv(1000))
        peer.sendall(b'?WATCH={"enable":true,"json":true};\n')
        lines, until = b'', time.monotonic() + 6
        while b'"lat":48.' not in lines:
            assert time.monotonic() < until, lines[-300:]
            lines += peer.recv(4000)
