"""Python, workers, tells when it is ready: a note kept by SQLite."""
from client import USER, page

packages = 'gunicorn'
files = {
    '/etc/systemd/system/gunicorn.service': f"""[Unit]
Description=gunicorn
After=network.target

[Service]
Type=notify
User={USER}
Group={USER}
WorkingDirectory=/home/{USER}/site
ExecStart=/usr/bin/gunicorn --bind 127.0.0.1:8011 --workers 2 site_app:app
ExecReload=/bin/kill -s HUP $MAINPID
KillMode=mixed

[Install]
WantedBy=multi-user.target
""",
    f'/home/{USER}/site/site_app.py': """
import sqlite3

def app(environment, start):
    with sqlite3.connect('notes.db') as notes:
        notes.execute('create table if not exists notes (note)')
        notes.execute('insert into notes values (?)', [environment['QUERY_STRING']])
        said = ' '.join(row[0] for row in notes.execute('select note from notes'))
    start('200 OK', [('Content-Length', str(len(said)))])
    return [said.encode()]
""",
}


def ask():
    page(8011, '/?a-note', 'a-note')
