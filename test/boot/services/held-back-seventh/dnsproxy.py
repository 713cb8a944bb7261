"""DNS, hands questions on, starts as root, locks itself into a folder and becomes a user: a name that a server behind it knows."""
import socketserver
import struct
import threading

from client import resolve

packages = 'dnsproxy'
files = {'/etc/dnsproxy.conf': 'authoritative 127.0.0.1\nauthoritative-port 53001\nauthoritative-timeout 10\nrecursive 127.0.0.1\nrecursive-port 53002\nrecursive-timeout 90\nlisten 127.0.0.1\nport 53000\nlisten_answer 127.0.0.1\nport_answer 53003\nchroot /var/spool/dnsproxy\nuser dnsproxy\ninternal 127.0.0.1\n'}


class Dns(socketserver.BaseRequestHandler):
    def handle(self):
        asked, server = self.request
        end = asked.index(b'\0', 12) + 5
        answer = asked[:2] + struct.pack('>5H', 0x8580, 1, 1, 0, 0) + asked[12:end] + b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 60, 4) + bytes([10, 1, 2, 3])
        server.sendto(answer, self.client_address)


def prepare():
    for port in (53001, 53002):
        threading.Thread(target=socketserver.ThreadingUDPServer(('127.0.0.1', port), Dns).serve_forever, daemon=True).start()


def ask():
    resolve(53000, 'www.example.test', '10.1.2.3')
