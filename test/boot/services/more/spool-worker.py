"""Worker of the shell, as root: files of a spool packed, and given to a user."""
import os
import time

from client import USER, write

packages = 'zstd'
control = 'ReadOnlyPaths=/var/spool'
files = {
    '/etc/systemd/system/spool-worker.service': """[Unit]
Description=Packs what comes

[Service]
ExecStart=/usr/local/bin/pack-spool
Restart=always
""",
    '/usr/local/bin/pack-spool': f"""#!/bin/bash
mkdir -p /var/spool/packed
while :; do
  for file in /var/spool/arrived/*; do
    [ -f "$file" ] || continue
    sort "$file" > /tmp/sorted
    zstd -q -f /tmp/sorted -o "/var/spool/packed/${{file##*/}}.zst" && chown {USER} "/var/spool/packed/${{file##*/}}.zst" && rm "$file"
  done
  sleep 0.2
done
""",
}


def ask():
    if not os.path.exists('/var/spool/packed/x.zst'):
        write('/var/spool/arrived/x', 'b\na\n')
        time.sleep(1)
    assert os.stat('/var/spool/packed/x.zst').st_uid == 1000
    os.unlink('/var/spool/packed/x.zst')
