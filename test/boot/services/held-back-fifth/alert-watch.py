"""Python, as root: follows the journal by journalctl, and when it finds a word asks systemd, the processes and the hardware, and tells who is logged in and the day's message."""
import os
import time

from client import USER, read, run

control = 'InaccessiblePaths=/run/log /var/log/journal'
patience = 40
files = {
    '/etc/systemd/system/alert-watch.service': """[Unit]
Description=Alerts
After=systemd-journald.service

[Service]
ExecStart=/opt/alerts/watch.py
Restart=always
RestartSec=1
SyslogIdentifier=alerts

[Install]
WantedBy=multi-user.target
""",
    '/opt/alerts/watch.py': """#!/usr/bin/python3
import os, pathlib, pwd, subprocess
follow = subprocess.Popen(['journalctl', '-f', '-n0', '-o', 'cat'], stdout=subprocess.PIPE, text=True)
pathlib.Path('/run/alert-watch.ready').touch()
for line in follow.stdout:
    if 'on-fire' not in line:
        continue
    owners = {pwd.getpwuid(os.stat(p).st_uid).pw_name for p in pathlib.Path('/proc').glob('[0-9]*') if p.exists()}
    state = subprocess.run(['systemctl', 'is-active', 'user@1000.service'], capture_output=True, text=True).stdout.strip()
    zones = sum(1 for _ in pathlib.Path('/sys/class/net').iterdir())
    memory = pathlib.Path('/proc/meminfo').read_text().split()[1]
    swaps = len(pathlib.Path('/proc/swaps').read_text().splitlines())
    mounts = len(pathlib.Path('/proc/1/mountinfo').read_text())
    kernel = os.open('/dev/kmsg', os.O_RDONLY | os.O_NONBLOCK) if os.path.exists('/dev/kmsg') else 0
    with open('/etc/motd', 'w') as file:
        file.write(f'on fire: {state} {"u" in owners} {zones > 0} {int(memory) > 0} {swaps > 0} {mounts > 0}\\n')
    home = pathlib.Path(pwd.getpwnam('u').pw_dir)
    (home / 'ALERT').write_text('on fire')
    os.chown(home / 'ALERT', 1000, 1000)
""",
}


def ask():
    for _ in range(20):
        if os.path.exists('/run/alert-watch.ready'):
            break
        time.sleep(0.2)
    time.sleep(0.5)
    run('logger', 'the house is on-fire')
    time.sleep(1)
    assert read('/etc/motd') == 'on fire: active True True True True True\n', read('/etc/motd')
    assert os.stat(f'/home/{USER}/ALERT').st_uid == 1000
    os.unlink(f'/home/{USER}/ALERT')
    os.truncate('/etc/motd', 0)
