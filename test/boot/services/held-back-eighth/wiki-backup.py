"""A timer's job of our own, as root, from a script: a wiki copied by rsync with links to the copy before, its database saved by SQLite, old ones taken away."""
import glob
import os
import shutil

from client import run

packages = 'rsync,sqlite3'
starts = 'wiki-backup.timer'
control = 'ReadOnlyPaths=/backup'
files = {
    '/etc/systemd/system/wiki-backup.service': """[Unit]
Description=Back up the wiki
ConditionPathIsDirectory=/srv/wiki

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/wiki-backup
IOSchedulingClass=idle
Nice=19
""",
    '/etc/systemd/system/wiki-backup.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    '/usr/local/sbin/wiki-backup': """#!/bin/bash
set -euo pipefail
exec 9>/run/lock/wiki-backup
flock -n 9 || { echo "already running"; exit 0; }
target=/backup/wiki
stamp=$(date +%Y%m%d-%H%M%S)
mkdir -p "$target"
sqlite3 /srv/wiki/wiki.db ".backup '/var/tmp/wiki-$stamp.db'"
link=()
[ -e "$target/latest" ] && link=(--link-dest="$target/latest")
rsync -a --delete "${link[@]}" --exclude wiki.db /srv/wiki/ "$target/$stamp/"
install -m 0640 -o root -g backup "/var/tmp/wiki-$stamp.db" "$target/$stamp/wiki.db"
rm -f "/var/tmp/wiki-$stamp.db"
ln -sfn "$stamp" "$target/latest"
ls -1d "$target"/2* | head -n -7 | xargs -r rm -rf
logger -t wiki-backup "done: $(du -sh "$target/$stamp" | cut -f1)"
""",
}


def prepare():
    run('sh', '-c', """
mkdir -p /srv/wiki/media /backup; echo hello > /srv/wiki/media/picture; chown -R www-data: /srv/wiki; chmod 600 /srv/wiki/media/picture
sqlite3 /srv/wiki/wiki.db 'create table pages (t); insert into pages values (42)'; chown www-data: /srv/wiki/wiki.db""", check=True)


def ask():
    latest = '/backup/wiki/latest'
    kept = os.stat(f'{latest}/media/picture')
    assert kept.st_uid == 33 and kept.st_mode & 0o777 == 0o600, kept
    saved = os.stat(f'{latest}/wiki.db')
    assert saved.st_gid == 34 and saved.st_mode & 0o777 == 0o640, saved
    assert '42' in run('sqlite3', f'{latest}/wiki.db', 'select * from pages', check=True).stdout
    assert 'done: ' in run('journalctl', '-t', 'wiki-backup', '-o', 'cat', '--no-pager').stdout
    assert not glob.glob('/var/tmp/wiki-*')
    shutil.rmtree(f'/backup/wiki/{os.readlink(latest)}')
    os.unlink(latest)
