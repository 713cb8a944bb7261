"""DNS of systemd's, locked in already, a user of its own: a name asked of it by UDP and by its own words, that it asks of another server, and the file that it keeps for others."""
import os
import socketserver
import struct
import threading

from client import has, read, run

packages = 'systemd-resolved'
files = {'/etc/systemd/resolved.conf.d/test.conf': '[Resolve]\nDNS=127.0.0.1:5399\nDomains=~.\nDNSSEC=no\n'}


class Dns(socketserver.BaseRequestHandler):
    def handle(self):
        asked, server = self.request
        end = asked.index(b'\0', 12) + 5
        answer = asked[:2] + struct.pack('>5H', 0x8580, 1, 1, 0, 0) + asked[12:end] + b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 60, 4) + bytes([10, 1, 2, 3])
        server.sendto(answer, self.client_address)


def prepare():
    threading.Thread(target=socketserver.ThreadingUDPServer(('127.0.0.1', 5399), Dns).serve_forever, daemon=True).start()


def ask():
    run('resolvectl', 'flush-caches', check=True)
    has('10.1.2.3', run('resolvectl', 'query', '-4', 'www.example.test', check=True).stdout)
    from client import socket
    question = b'\x03www\x07example\x04test\0'
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(struct.pack('>6H', 7, 0x0100, 1, 0, 0, 0) + question + struct.pack('>2H', 1, 1), ('127.0.0.53', 53))
        has(socket.inet_aton('10.1.2.3'), peer.recv(1000))
    has('nameserver 127.0.0.53', read('/run/systemd/resolve/stub-resolv.conf'))
    os.stat('/run/systemd/resolve/io.systemd.Resolve')
