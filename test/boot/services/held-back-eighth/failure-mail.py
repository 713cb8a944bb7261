"""Template, told by systemd when another unit fails, as root, a script: what systemctl and the journal say of that unit, in a letter by sendmail."""
import glob
import os
import time

from client import has, read, run

unit = 'failure-mail@.service'
starts = 'failure-mail@shaky.service'
control = 'InaccessiblePaths=/run/systemd /run/log/journal /run/dbus'
files = {
    '/etc/systemd/system/failure-mail@.service': """[Unit]
Description=Tell the admin that %i failed

[Service]
Type=oneshot
ExecStart=/usr/local/bin/failure-mail %i
""",
    '/usr/local/bin/failure-mail': """#!/bin/sh
to=root@example.org
/usr/sbin/sendmail -t <<MAIL
To: $to
From: systemd <root@$(hostname)>
Subject: $1 failed on $(hostname)
Content-Type: text/plain; charset=UTF-8

$(systemctl status --full --no-pager "$1")

$(journalctl --no-pager -n 20 -o short-iso -u "$1")
MAIL
""",
    '/usr/sbin/sendmail': '#!/bin/sh\n# Keeps letters, for the tests of the shop.\nexec cat > "/var/spool/stubmail/$(date +%s%N)-$(id -un)"\n',
    '/etc/systemd/system/shaky.service': '[Unit]\nOnFailure=failure-mail@%n.service\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo the disk is gone; exit 3"\n',
}


def prepare():
    run('mkdir', '-p', '-m', '1777', '/var/spool/stubmail')


def ask():
    for path in glob.glob('/var/spool/stubmail/*-root'):
        os.unlink(path)
    run('systemctl', 'start', 'shaky')
    for _ in range(40):
        letters = glob.glob('/var/spool/stubmail/*-root')
        if letters and 'short' not in letters[0] and os.path.getsize(letters[0]):
            break
        time.sleep(0.1)
    time.sleep(0.3)
    said = ''.join(map(read, letters))
    for word in ('Subject: shaky.service failed on test', 'Active: failed', 'the disk is gone'):
        has(word, said)
