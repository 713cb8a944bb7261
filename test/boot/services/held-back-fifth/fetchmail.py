"""A user's unit that fetches mail: a letter of a server of ours, by a command, in a file of the home."""
import socketserver
import threading
import time

from client import USER, fresh, run, write

packages = 'fetchmail'
manager = 'user'
control = 'RestrictAddressFamilies=AF_UNIX'
patience = 40
letter = b'From: a@example.org\r\nTo: u@example.org\r\nSubject: hello\r\nMessage-Id: <%d@x>\r\n\r\nhello\r\n'
files = {f'/home/{USER}/.fetchmailrc': f'poll 127.0.0.1 service 8250 protocol pop3 user keeper password aword mda "cat >> /home/{USER}/inbox" sslproto ""\n'}


class Server(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda line: self.wfile.write(line + b'\r\n')
        say(b'+OK')
        mine = letter % time.monotonic_ns()
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b''
            if word == b'STAT':
                say(b'+OK 1 %d' % len(mine))
            elif word == b'LIST':
                say(b'+OK 1 %d' % len(mine)) if len(line.split()) > 1 else self.wfile.write(b'+OK\r\n1 %d\r\n.\r\n' % len(mine))
            elif word in (b'RETR', b'TOP'):
                self.wfile.write(b'+OK\r\n' + mine + b'.\r\n')
            elif word in (b'CAPA', b'AUTH', b'UIDL', b'LAST'):
                say(b'-ERR')
            else:
                say(b'+OK')
            if word == b'QUIT':
                break


def prepare():
    run('chmod', '600', f'/home/{USER}/.fetchmailrc')
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    server = socketserver.ThreadingTCPServer(('127.0.0.1', 8250), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def ask():
    fresh(f'/home/{USER}/inbox')
