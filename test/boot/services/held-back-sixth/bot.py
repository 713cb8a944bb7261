"""Python, a user's, from its checkout in /opt, which it pulls before it starts: its settings, its database beside its code, what a plugin that came by git answers."""
import os
import time

from client import USER, page, run, write

packages = 'git'
control = 'ReadOnlyPaths=/opt'
files = {
    '/etc/systemd/system/bot.service': f"""[Unit]
Description=bot
After=network-online.target
Wants=network-online.target

[Service]
User={USER}
WorkingDirectory=/opt/bot
ExecStartPre=-/usr/bin/git pull -q
ExecStart=/usr/bin/python3 -u bot.py
Restart=always
RestartSec=10

[Install]
WantedBy=multi-user.target
""",
    '/root/bot/bot.py': """
import importlib, os, sqlite3
from http.server import BaseHTTPRequestHandler, HTTPServer

database = sqlite3.connect('bot.db')
database.execute('create table if not exists said (word text)')

class Bot(BaseHTTPRequestHandler):
    def do_GET(self):
        import plugin
        importlib.reload(plugin)
        with database:
            database.execute('insert into said values (?)', [self.path])
        with open(os.path.expanduser('~/.bot_history'), 'a') as file:
            file.write(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f'{plugin.WORD} {database.execute("select count(*) from said").fetchone()[0]}'.encode())

HTTPServer(('127.0.0.1', 8403), Bot).serve_forever()
""",
    '/root/bot/plugin.py': "WORD = 'one'\n",
}


def prepare():
    run('sh', '-c', f'cd /root/bot && git init -q -b main && git add . && git -c user.name=u -c user.email=u@u commit -qm one; git clone -q --bare /root/bot /srv/bot.git; chmod -R a+rX /srv/bot.git; cd /root/bot && git remote add origin /srv/bot.git; git config --system safe.directory "*"; install -d -o {USER} /opt/bot; runuser -u {USER} -- git clone -q /srv/bot.git /opt/bot')
    write('/root/bot/plugin.py', "WORD = 'two'\n")
    run('sh', '-c', 'cd /root/bot && git -c user.name=u -c user.email=u@u commit -qam two && git push -q origin main; chmod -R a+rX /srv/bot.git', env={'HOME': '/root', 'PATH': '/usr/bin:/bin'})


def ask():
    page(8403, '/hello', expected='two ')
    assert os.path.getsize('/opt/bot/bot.db') and os.path.isdir('/opt/bot/__pycache__')
    assert os.path.getsize(f'/home/{USER}/.bot_history')
