"""Chat, in Lua, as a user of its own: someone logs in, encrypted."""
import base64
import socket
import ssl

from client import has, run

packages = 'prosody'
patience = 40
STREAM = b"<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
TLS = b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
LOGIN = b"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>" % base64.b64encode(b'\0someone\0secret-word')


def prepare():
    made = ['-keyout', '/etc/prosody/certs/localhost.key', '-out', '/etc/prosody/certs/localhost.crt']
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '9', *made, check=True)
    run('chown', 'prosody', '/etc/prosody/certs/localhost.key')
    run('prosodyctl', 'register', 'someone', 'localhost', 'secret-word', check=True)


def ask():
    with socket.create_connection(('127.0.0.1', 5222), timeout=5) as peer:
        said(peer, STREAM, b'starttls')
        said(peer, TLS, b'proceed')
        with ssl._create_unverified_context().wrap_socket(peer, server_hostname='localhost') as encrypted:
            said(encrypted, STREAM, b'mechanisms>')
            said(encrypted, LOGIN, b'success')


def said(peer, sent, expected):
    peer.sendall(sent)
    answer = b''
    while expected not in answer and (more := peer.recv(4096)):
        answer += more
    has(expected, answer)
