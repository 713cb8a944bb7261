"""Network, a tunnel for users, a process for each, that locks itself in: what it asks of one who comes by TLS."""
import socket
import ssl

from client import has, run, write

packages = 'ocserv,openssl'
control = 'CapabilityBoundingSet=~CAP_SETUID CAP_SETGID'
patience = 30


def prepare():
    run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=x', '-keyout', '/etc/ocserv/x.key', '-out', '/etc/ocserv/x.crt', check=True)
    run('ocpasswd', '-c', '/etc/ocserv/passwd', 'someone', input='word\nword\n')
    write('/etc/ocserv/ocserv.conf', 'auth = "plain[passwd=/etc/ocserv/passwd]"\ntcp-port = 8444\nlisten-host = 127.0.0.1\nrun-as-user = nobody\nrun-as-group = daemon\nsocket-file = /run/ocserv-socket\nchroot-dir = /var/lib/ocserv\nserver-cert = /etc/ocserv/x.crt\nserver-key = /etc/ocserv/x.key\nisolate-workers = true\nmax-clients = 4\ndevice = vpns\nipv4-network = 198.51.100.128/26\ncisco-client-compat = true\n')
    run('mkdir', '-p', '/var/lib/ocserv')


def ask():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(('127.0.0.1', 8444), timeout=8) as raw, context.wrap_socket(raw) as peer:
        peer.sendall(b'GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: OpenConnect\r\nX-Transcend-Version: 1\r\n\r\n')
        said = b''
        while b'</config-auth>' not in said and b'</form>' not in said:
            more = peer.recv(2000)
            if not more:
                break
            said += more
        has(b'form', said)
