"""What the clients of services have in common. Each raises when the answer is not the expected one."""
import http.server
import os
import re
import socket
import socketserver
import struct
import subprocess
import threading
import urllib.request

USER = 'u'
ORIGIN = 8900
COMPLAINTS = re.compile(r"EPERM|EACCES|EROFS|SIGSYS|status=31/SYS|denied|not permitted|read-only|fail|error|cannot|can't|could ?n[o']t|unable|refused|not allowed", re.I)


def run(*command, check=False, **options):
    """Runs a command, as text; with `check`, raises what it said last when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, errors='replace', **{'timeout': 60, **options})
    if check and done.returncode:
        raise AssertionError(f'{command[0]}: {(done.stderr or done.stdout).strip()[-150:]}')
    return done


def systemctl(*words, manager='system'):
    if manager == 'user':
        return run('runuser', '-u', USER, '--', 'env', 'XDG_RUNTIME_DIR=/run/user/1000', 'systemctl', '--user', *words, timeout=180)
    return run('systemctl', *words, timeout=180)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    os.chmod(path, 0o755 if text.startswith('#!') else mode)


def append(path, text):
    with open(path, 'a') as file:
        file.write(text)


def replace(path, old, new):
    with open(path) as file:
        text = file.read()
    assert old in text, f'{path} has no {old!r}'
    write(path, text.replace(old, new), os.stat(path).st_mode & 0o7777)


def read(path):
    with open(path) as file:
        return file.read()


def has(expected, answer):
    if isinstance(expected, bytes) and isinstance(answer, str):
        answer = answer.encode()
    assert expected in answer, answer[-200:]


def talk(port, sent, expected, host='127.0.0.1'):
    """Sends bytes to a port, and reads until what is expected has come."""
    answer = b''
    with socket.create_connection((host, port), timeout=5) as peer:
        for part in sent if isinstance(sent, list) else [sent]:
            peer.sendall(part)
            if isinstance(sent, list):
                answer += peer.recv(4096)
        while expected not in answer:
            more = peer.recv(4096)
            if not more:
                break
            answer += more
    has(expected, answer)


def page(port=80, path='/', expected='', host='127.0.0.1', proxy=None, **options):
    """A page, with what is expected in it; through a proxy when one is named."""
    handler = urllib.request.ProxyHandler({'http': proxy} if proxy else {})
    request = urllib.request.Request(f'http://{host}:{port}{path}', **options)
    with urllib.request.build_opener(handler).open(request, timeout=10) as answer:
        has(expected, answer.read().decode(errors='replace'))


def origin():
    """A page for proxies to fetch: `origin`, on port ORIGIN."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header('Content-Length', '6')
            self.end_headers()
            self.wfile.write(b'origin')

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(('127.0.0.1', ORIGIN), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def mailbox(port, taken):
    """A server that takes any letter by SMTP, on a port, and adds it to a list."""

    class Peer(socketserver.StreamRequestHandler):
        def handle(self):
            say = lambda line: self.wfile.write(line + b'\r\n')
            say(b'220 test ESMTP')
            for line in self.rfile:
                word = line[:4].upper().strip()
                if word == b'DATA':
                    say(b'354 go on')
                    letter = b''
                    while (more := self.rfile.readline()) not in (b'', b'.\r\n'):
                        letter += more
                    taken.append(letter)
                if word == b'QUIT':
                    say(b'221 bye')
                    break
                say(b'250 ok')

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(('127.0.0.1', port), Peer)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def nameserver(port, address):
    """A server that gives one address for any name, by UDP, on a port."""

    class Peer(socketserver.BaseRequestHandler):
        def handle(self):
            asked, server = self.request
            end = asked.index(b'\0', 12) + 5
            record = b'\xc0\x0c' + struct.pack('>HHIH', 1, 1, 60, 4) + socket.inet_aton(address)
            server.sendto(asked[:2] + struct.pack('>5H', 0x8580, 1, 1, 0, 0) + asked[12:end] + record, self.client_address)

    threading.Thread(target=socketserver.ThreadingUDPServer(('127.0.0.1', port), Peer).serve_forever, daemon=True).start()


def resolve(port=53, name='localhost', expected='127.0.0.1', server='127.0.0.1'):
    """The address of a name, asked of a server on this machine."""
    question = b''.join(bytes([len(part)]) + part.encode() for part in name.split('.')) + b'\0'
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(struct.pack('>6H', 7, 0x0100, 1, 0, 0, 0) + question + struct.pack('>2H', 1, 1), (server, port))
        answer = peer.recv(1024)
    has(socket.inet_aton(expected), answer)


def fresh(*paths):
    """Files that only the service makes: they must be there, and are taken away, so that the next run has to make them again."""
    missing = [path for path in paths if not os.path.exists(path)]
    assert not missing, f'no {missing[0]}'
    for path in paths:
        os.unlink(path)
