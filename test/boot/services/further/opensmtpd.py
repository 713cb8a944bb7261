"""Mail, many processes, some locked in: a letter put into the mailbox of a user."""
import os
import smtplib
import time

from client import USER, run, write

packages = 'opensmtpd'
patience = 30


def prepare():
    write('/etc/smtpd.conf', 'table aliases file:/etc/aliases\nlisten on lo port 25\naction "local" maildir alias <aliases>\nmatch for any action "local"\n')
    write('/etc/aliases', 'root: u\n')
    write('/etc/mailname', 'test\n')


def ask():
    new = f'/home/{USER}/Maildir/new'
    with smtplib.SMTP('127.0.0.1', 25, timeout=10) as peer:
        peer.sendmail('a@test', [f'{USER}@test'], 'Subject: x\n\nx\n')
    for _ in range(50):
        if os.path.isdir(new) and os.listdir(new):
            run('rm', '-rf', f'/home/{USER}/Maildir')
            return
        time.sleep(0.1)
    raise AssertionError('not in the mailbox')
