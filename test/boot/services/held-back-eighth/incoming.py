"""A script of the shell, as root, that watches a folder by inotifywait: what comes there is checked, given to a user, and put into a folder of the month."""
import glob
import hashlib
import os
import time

from client import run, write

packages = 'inotify-tools'
control = 'ReadOnlyPaths=/srv/archive'
files = {
    '/etc/systemd/system/incoming.service': """[Unit]
Description=Sort incoming scans
RequiresMountsFor=/srv/ftp /srv/archive

[Service]
ExecStart=/usr/local/bin/incoming.sh
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
""",
    '/etc/incoming.conf': 'INCOMING=/srv/ftp/incoming\nARCHIVE=/srv/archive\nOWNER=archivist\n',
    '/usr/local/bin/incoming.sh': """#!/bin/bash
. /etc/incoming.conf

sort_file() {
  local file=$1 month target
  [ -f "$file" ] || return
  month=$(date -r "$file" +%Y/%m)
  target=$ARCHIVE/$month
  install -d -o "$OWNER" -g "$OWNER" -m 0750 "$target"
  (cd "$(dirname "$file")" && sha256sum "$(basename "$file")") >> "$target/SHA256SUMS"
  chown "$OWNER:$OWNER" "$file" "$target/SHA256SUMS"
  chmod 0440 "$file"
  mv "$file" "$target/"
  echo "sorted $(basename "$file")"
}

for file in "$INCOMING"/*; do sort_file "$file"; done
inotifywait -m -q -e close_write -e moved_to --format '%w%f' "$INCOMING" | while read -r file; do
  sort_file "$file"
done
""",
}


def prepare():
    run('sh', '-c', 'useradd -r archivist; useradd -r scanner; mkdir -p /srv/ftp/incoming /srv/archive; chown scanner: /srv/ftp/incoming')


def ask():
    name = f'scan-{time.monotonic_ns()}.pdf'
    run('runuser', '-u', 'scanner', '--', 'sh', '-c', f'echo {name} > /srv/ftp/incoming/{name}', check=True, cwd='/')
    time.sleep(1)
    (path,) = glob.glob(f'/srv/archive/*/*/{name}')
    kept = os.stat(path)
    assert kept.st_mode & 0o777 == 0o440 and kept.st_uid == os.stat(os.path.dirname(path)).st_uid > 0, kept
    digest = hashlib.sha256(f'{name}\n'.encode()).hexdigest()
    assert f'{digest}  {name}' in open(f'{os.path.dirname(path)}/SHA256SUMS').read()
