"""Template, TLS before another server, becomes a user: a page of it."""
import socket
import ssl

from client import ORIGIN, run

packages = 'stunnel4,openssl'
unit = 'stunnel@page.service'
files = {
    '/etc/stunnel/page.conf': f"""foreground = yes
setuid = stunnel4
setgid = stunnel4
[page]
accept = 127.0.0.1:8444
connect = 127.0.0.1:{ORIGIN}
cert = /etc/stunnel/page.pem
""",
}


def prepare():
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '9', '-keyout', '/tmp/key', '-out', '/tmp/cert', check=True)
    with open('/etc/stunnel/page.pem', 'w') as pem, open('/tmp/key') as key, open('/tmp/cert') as cert:
        pem.write(key.read() + cert.read())


def ask():
    context = ssl._create_unverified_context()
    with socket.create_connection(('127.0.0.1', 8444), timeout=5) as peer, context.wrap_socket(peer) as tls:
        tls.sendall(b'GET / HTTP/1.0\r\n\r\n')
        answer = b''
        while more := tls.recv(4096):
            answer += more
    assert b'origin' in answer, answer
