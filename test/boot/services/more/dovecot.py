"""Mail, logs users in by PAM and becomes them: a letter put into a mailbox and read by IMAP."""
import imaplib

from client import USER, run

packages = 'dovecot-imapd'


def prepare():
    run('chpasswd', input=f'{USER}:secret-word\n', check=True)


def ask():
    peer = imaplib.IMAP4('127.0.0.1', timeout=10)
    peer.login(USER, 'secret-word')
    peer.create('kept')
    assert peer.append('kept', None, None, b'Subject: x\r\n\r\nhello\r\n')[0] == 'OK'
    peer.select('kept')
    assert b'hello' in peer.fetch('1', '(RFC822)')[1][0][1]
    peer.logout()
