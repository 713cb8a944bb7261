"""Mail, a master of many programs, as root, which become a user: a mailbox made, a letter brought by LMTP, read and searched by IMAP."""
import imaplib
import socket
import time

from client import append, has, run

packages = 'cyrus-imapd,sasl2-bin'
patience = 40


def prepare():
    append('/etc/imapd.conf', '\nadmins: cyrus\n')
    # What belongs to other packages.
    run('sed', '-i', '-E', 's/^\\s+(pop3|nntp|http)\\s/#&/', '/etc/cyrus.conf')
    for user in ('cyrus', 'keeper'):
        run('saslpasswd2', '-p', '-c', user, input='a-word', check=True)
    run('sh', '-c', 'chgrp sasl /etc/sasldb2; chmod 640 /etc/sasldb2; usermod -aG sasl cyrus')


def ask():
    box = imaplib.IMAP4('127.0.0.1')
    box.login('cyrus', 'a-word')
    box.create('user.keeper')
    box.setacl('user.keeper', 'keeper', 'lrswipkxtecda')
    box.logout()
    word = f'w{time.monotonic_ns()}'
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(10)
        peer.connect('/run/cyrus/socket/lmtp')
        talk = peer.makefile('rwb')
        talk.readline()
        for line in ('LHLO here', 'MAIL FROM:<a@here>', 'RCPT TO:<keeper>', 'DATA'):
            talk.write(line.encode() + b'\r\n')
            talk.flush()
            said = talk.readline()
            while said[3:4] == b'-':
                said = talk.readline()
            assert said[:1] in b'23', said
        talk.write(f'From: a@here\r\nTo: keeper@here\r\nSubject: {word}\r\nMessage-Id: <{word}@here>\r\nDate: Sun, 29 Nov 2026 12:00:00 +0000\r\n\r\nhello\r\n.\r\n'.encode())
        talk.flush()
        has(b'250', talk.readline())
    box = imaplib.IMAP4('127.0.0.1')
    box.login('keeper', 'a-word')
    box.select('INBOX')
    found = box.search(None, 'SUBJECT', word)[1][0]
    assert found, 'not in the box'
    has(b'hello', box.fetch(found.split()[-1], '(BODY[TEXT])')[1][0][1])
    box.logout()
