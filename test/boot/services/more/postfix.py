"""Mail, a master of many programs: a letter taken by SMTP and put into the mailbox of a user."""
import os
import pathlib
import smtplib
import time

from client import USER, run, write

packages = 'postfix'
# In the Debian of 252, an instance of a template does the work.
OLD = '/bin/true' in pathlib.Path('/usr/lib/systemd/system/postfix.service').read_text()
unit = 'postfix@-.service' if OLD else 'postfix.service'
patience = 30
MAILBOX = f'/var/mail/{USER}'


def prepare():
    write('/etc/postfix/main.cf', 'compatibility_level = 3.6\nmyhostname = test\nmydestination = test, localhost\ninet_interfaces = loopback-only\nalias_maps =\n')
    run('newaliases')


def ask():
    word = f'letter {time.monotonic()}'
    with smtplib.SMTP('127.0.0.1', 25, timeout=10) as peer:
        peer.sendmail('a@test', [f'{USER}@test'], f'Subject: x\n\n{word}\n')
    for _ in range(50):
        if os.path.exists(MAILBOX) and word in open(MAILBOX).read():
            return
        time.sleep(0.1)
    raise AssertionError('not in the mailbox')
