"""Mail, starts as root, becomes users: a letter taken by SMTP and put into the mailbox of a user."""
import os
import smtplib
import time

from client import USER, replace

packages = 'exim4-daemon-light'
patience = 30


def prepare():
    replace('/etc/exim4/update-exim4.conf.conf', "dc_other_hostnames='vm'", "dc_other_hostnames='test'")


def ask():
    word = f'letter {time.monotonic()}'
    with smtplib.SMTP('127.0.0.1', 25, timeout=15) as peer:
        peer.sendmail('a@test', [f'{USER}@test'], f'Subject: x\n\n{word}\n')
    for _ in range(80):
        if os.path.exists(f'/var/mail/{USER}') and word in open(f'/var/mail/{USER}').read():
            return
        time.sleep(0.1)
    raise AssertionError('not in the mailbox')
