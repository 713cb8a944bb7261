"""A timer's job, a user of its own, from a script: what is odd in logs, told in a letter by mail, in the mailbox of a user."""
from client import append, read, run, write

packages = 'logcheck,dma,bsd-mailx'
control = 'NoNewPrivileges=yes'
patience = 40


def prepare():
    run('sh', '-c', 'echo test > /etc/mailname; touch /var/log/odd.log; chgrp adm /var/log/odd.log; chmod 640 /var/log/odd.log; echo /var/log/odd.log > /etc/logcheck/logcheck.logfiles; : > /etc/logcheck/logcheck.logfiles.d/journal.logfiles; rm -f /var/lib/logcheck/offset*; sed -i "s/^SENDMAILTO=.*/SENDMAILTO=games/" /etc/logcheck/logcheck.conf; touch /var/mail/games; chown games:mail /var/mail/games; chmod 660 /var/mail/games')
    odd()


def odd():
    append('/var/log/odd.log', 'Nov 29 12:00:00 test something: odd things happen here\n')


def ask():
    try:
        assert 'odd things happen' in read('/var/mail/games'), read('/var/mail/games')[-150:]
    finally:
        odd()
    run('truncate', '-s', '0', '/var/mail/games')
