"""Mail, a small server that hands on, a user of its own: a letter by SMTP, that it sends on by another program to a server of ours."""
import smtplib
import time

from client import mailbox, write

packages = 'msmtp-mta'
files = {}
told = []


def prepare():
    mailbox(8414, told)
    write('/etc/msmtprc', 'defaults\naccount default\nhost 127.0.0.1\nport 8409\nfrom root@localhost\naccount two\nhost 127.0.0.1\nport 8414\nfrom root@localhost\n')
    write('/etc/systemd/system/msmtpd.service.d/10-account.conf', '[Service]\nExecStart=\nExecStart=/usr/bin/msmtpd --port=2526 --command="/usr/bin/msmtp -a two -f %%F --"\n')


def ask():
    with smtplib.SMTP('127.0.0.1', 2526, timeout=10) as peer:
        peer.sendmail('u@localhost', ['u@localhost'], 'Subject: handed\n\non\n')
    time.sleep(0.3)
    assert any(b'Subject: handed' in letter for letter in told)
    told.clear()
