"""Mail, in Perl, a user of its own, locked in somewhat, starts tools: a letter taken by SMTP, judged, and handed to a server of ours."""
import smtplib
import time

from client import mailbox, run, write

packages = 'amavisd-new'
patience = 60
control = 'RestrictAddressFamilies=AF_UNIX'
told = []


def prepare():
    write('/etc/amavis/conf.d/60-ours', '$myhostname = "test.example.org";\n@bypass_virus_checks_maps = (1);\n@bypass_spam_checks_maps = (1);\n$forward_method = "smtp:[127.0.0.1]:10025";\n$notify_method = $forward_method;\n1;\n')
    mailbox(10025, told)


def ask():
    word = f'w{time.monotonic_ns()}'
    peer = smtplib.SMTP('127.0.0.1', 10024, timeout=20)
    peer.sendmail('a@example.org', ['b@example.org'], f'From: a@example.org\r\nTo: b@example.org\r\nSubject: {word}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x\r\nContent-Type: application/gzip\r\nContent-Disposition: attachment; filename=a.gz\r\nContent-Transfer-Encoding: base64\r\n\r\nH4sIAAAAAAAAA8tIzcnJ5wIAIDA6NgYAAAA=\r\n--x--\r\n')
    peer.quit()
    assert any(word.encode() in letter for letter in told)
