"""Printing: a queue made, a job printed by a filter of ours to a file."""
import os
import time

from client import run

packages = 'cups,cups-client'
patience = 30
control = 'ReadOnlyPaths=/var/spool'
files = {'/usr/lib/cups/backend/tray': """#!/bin/sh
[ $# = 0 ] && { echo 'direct tray "Unknown" "Tray"'; exit 0; }
cat ${6+"$6"} > /var/spool/cups/tray
"""}


def prepare():
    os.chmod('/usr/lib/cups/backend/tray', 0o700)


def ask():
    run('lpadmin', '-p', 'printer', '-E', '-v', 'tray:/', '-m', 'raw', check=True)
    run('lp', '-d', 'printer', input='a page\n', check=True)
    for _ in range(50):
        if os.path.exists('/var/spool/cups/tray') and os.path.getsize('/var/spool/cups/tray'):
            break
        time.sleep(0.1)
    with open('/var/spool/cups/tray') as file:
        assert file.read() == 'a page\n'
    os.unlink('/var/spool/cups/tray')
