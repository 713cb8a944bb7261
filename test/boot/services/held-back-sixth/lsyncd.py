"""Files, in Lua, as root: a folder watched, and what changes in it kept in another by rsync, owners too, with its log and state."""
import os
import time

from client import run, write

packages = 'lsyncd,rsync'
control = 'ReadOnlyPaths=/srv'
patience = 40
files = {
    '/etc/lsyncd/lsyncd.conf.lua': 'settings {logfile = "/var/log/lsyncd/lsyncd.log", statusFile = "/var/log/lsyncd/status", statusInterval = 1}\nsync {default.rsync, source = "/home/u/site", target = "/srv/mirror", delay = 1, rsync = {archive = true}}\n',
}


def prepare():
    run('sh', '-c', 'mkdir -p /var/log/lsyncd /srv/mirror /home/u/site')


def ask():
    word = str(time.monotonic())
    write('/home/u/site/page', word)
    os.chown('/home/u/site/page', 1000, 1000)
    for _ in range(10):
        time.sleep(0.5)
        if os.path.exists('/srv/mirror/page') and open('/srv/mirror/page').read() == word:
            break
    assert open('/srv/mirror/page').read() == word and os.stat('/srv/mirror/page').st_uid == 1000
