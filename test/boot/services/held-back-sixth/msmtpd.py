"""Mail, a small server that hands on, a user of its own: a letter by SMTP, that it sends on by another program to a server of ours."""
import smtplib
import time

from client import fresh, read, run, write

packages = 'msmtp-mta'
files = {}
SERVER = """
import socketserver
class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda line: self.wfile.write(line + b'\\r\\n')
        say(b'220 here'); data = False
        for line in self.rfile:
            word = line[:4].upper()
            if data:
                open('/root/handed-on', 'ab').write(line)
                if line.strip() == b'.': data = False; say(b'250 taken')
            elif word == b'DATA': data = True; say(b'354 go')
            elif word == b'QUIT': say(b'221 bye'); return
            else: say(b'250 ok')
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 8409), Mail).serve_forever()
"""


def prepare():
    write('/root/mailserver2.py', SERVER.replace('8409', '8414'))
    run('systemd-run', '-u', 'msmtpd-mail', 'python3', '/root/mailserver2.py')
    write('/etc/msmtprc', 'defaults\naccount default\nhost 127.0.0.1\nport 8409\nfrom root@localhost\naccount two\nhost 127.0.0.1\nport 8414\nfrom root@localhost\n')
    write('/etc/systemd/system/msmtpd.service.d/10-account.conf', '[Service]\nExecStart=\nExecStart=/usr/bin/msmtpd --port=2526 --command="/usr/bin/msmtp -a two -f %%F --"\n')


def ask():
    with smtplib.SMTP('127.0.0.1', 2526, timeout=10) as peer:
        peer.sendmail('u@localhost', ['u@localhost'], 'Subject: handed\n\non\n')
    time.sleep(0.3)
    assert 'Subject: handed' in read('/root/handed-on')
    fresh('/root/handed-on')
