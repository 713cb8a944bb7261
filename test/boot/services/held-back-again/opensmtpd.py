"""Mail, processes of several users, locked in: a letter taken by SMTP and put into the mailbox of a user."""
import os
import smtplib
import time

from client import USER, read, write

packages = 'opensmtpd'
BOX = f'/var/mail/{USER}'


def prepare():
    write('/etc/smtpd.conf', 'listen on lo\naction "local" mbox\nmatch from any for local action "local"\n')
    write('/etc/mailname', 'localhost\n')


def ask():
    word = os.urandom(8).hex()
    with smtplib.SMTP('127.0.0.1', 25, timeout=10) as server:
        server.sendmail('a@localhost', [f'{USER}@localhost'], f'Subject: {word}\n\nhello\n')
    until = time.monotonic() + 10
    while not (os.path.exists(BOX) and word in read(BOX)):
        assert time.monotonic() < until, 'not delivered'
        time.sleep(0.2)
