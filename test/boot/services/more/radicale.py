"""Python, calendars: one made, an entry put and read."""
from client import page, run, write

packages = 'radicale'
ENTRY = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nSUMMARY:party\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'


def prepare():
    write('/etc/radicale/config', '[server]\nhosts = 127.0.0.1:5232\n[auth]\ntype = none\n[rights]\ntype = authenticated\n[storage]\nfilesystem_folder = /var/lib/radicale/collections\n')
    run('chown', '-R', 'radicale:radicale', '/var/lib/radicale')


def ask():
    word = {'headers': {'Authorization': 'Basic dTp1', 'Content-Type': 'text/calendar'}}
    page(5232, '/u/c/', method='PUT', data=ENTRY.encode(), **word)
    page(5232, '/u/c/', 'party', **word)
