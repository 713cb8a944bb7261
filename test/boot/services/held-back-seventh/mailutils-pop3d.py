"""Mail, forks for each client, logs users in by PAM and becomes them: a letter read by POP3, and taken away."""
import poplib
import shutil

from client import has, read, run, write

packages = 'mailutils-pop3d'
LETTER = 'From someone@test Sun Nov 29 12:00:00 2026\nFrom: someone@test\nTo: u@test\nSubject: first\n\nthe letter\n\n'
files = {
    # Without it systemd guesses which of its processes is the first one, and guesses wrong now and then.
    '/etc/mailutils.conf': 'pidfile "/run/mailutils-pop3d.pid";\n',
    '/etc/systemd/system/mailutils-pop3d.service.d/pid.conf': '[Service]\nPIDFile=/run/mailutils-pop3d.pid\n',
}


def prepare():
    run('chpasswd', input='u:secret\n', check=True)
    post()


def post():
    write('/var/mail/u', LETTER, 0o660)
    shutil.chown('/var/mail/u', 'u', 'mail')


def ask():
    post()
    box = poplib.POP3('127.0.0.1', timeout=10)
    box.user('u')
    box.pass_('secret')
    has(b'the letter', b'\n'.join(box.retr(1)[1]))
    box.dele(1)
    box.quit()
    assert 'the letter' not in read('/var/mail/u'), 'it is still there'
