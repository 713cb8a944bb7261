"""Socket activation, systemd's proxy before another server: a page of it."""
from client import ORIGIN, page

starts = 'socket-proxyd.socket'
files = {
    '/etc/systemd/system/socket-proxyd.socket': '[Socket]\nListenStream=127.0.0.1:8028\n',
    '/etc/systemd/system/socket-proxyd.service': f'[Unit]\nRequires=socket-proxyd.socket\n\n[Service]\nExecStart=/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:{ORIGIN}\n',
}


def ask():
    page(8028, expected='origin')
