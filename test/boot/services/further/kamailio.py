"""Calls, in many processes with memory in common: OPTIONS answered."""
import socket

from client import has, write

packages = 'kamailio'
patience = 30


def prepare():
    write('/etc/default/kamailio', 'RUN_KAMAILIO=yes\nUSER=kamailio\nGROUP=kamailio\nSHM_MEMORY=64\nPKG_MEMORY=8\nCFGFILE=/etc/kamailio/kamailio.cfg\n')


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.bind(('127.0.0.1', 0))
        port = peer.getsockname()[1]
        peer.sendto(f'OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1;rport\r\nFrom: <sip:a@x.test>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 9\r\nContent-Length: 0\r\n\r\n'.encode(), ('127.0.0.1', 5060))
        has(b'SIP/2.0 ', peer.recv(4000))
