"""Python, as root, that runs at their times what lies in a folder of /etc, as whom it says: a user's job that writes to the home and to /tmp, one of sudo, and one that tells systemd."""
import time

from client import USER, fresh, run, write

packages = 'sudo'
control = 'ProtectHome=yes'
patience = 30
files = {
    '/etc/systemd/system/scheduler.service': """[Unit]
Description=scheduler

[Service]
ExecStart=/usr/bin/python3 /opt/scheduler/main.py /etc/scheduler.d
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/scheduler/main.py': """
import glob, json, os, pwd, subprocess, sys, time

while True:
    for path in glob.glob(sys.argv[1] + '/*.json'):
        job = json.load(open(path))
        user = pwd.getpwnam(job['user'])

        def become():
            os.initgroups(user.pw_name, user.pw_gid)
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

        subprocess.run(job['command'], shell=True, preexec_fn=become, cwd=user.pw_dir, env={**os.environ, 'HOME': user.pw_dir, 'USER': user.pw_name})
    time.sleep(0.5)
""",
    '/etc/scheduler.d/home.json': '{"user": "u", "command": "date > ~/scheduled; date > /tmp/scheduled-u"}',
    '/etc/scheduler.d/sudo.json': '{"user": "www-data", "command": "sudo -n /usr/local/sbin/as-root"}',
    '/etc/scheduler.d/unit.json': '{"user": "root", "command": "systemctl start scheduled-unit.service; cp /etc/scheduler.d/unit.json /root/.copied"}',
    '/usr/local/sbin/as-root': '#!/bin/sh\nid -u > /run/as-root\n',
    '/etc/systemd/system/scheduled-unit.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/touch /run/scheduled-unit\n',
}


def prepare():
    run('mkdir', '-p', '/etc/sudoers.d', '/var/www')
    write('/etc/sudoers.d/scheduler', 'www-data ALL=(root) NOPASSWD: /usr/local/sbin/as-root\n', 0o440)


def ask():
    time.sleep(1)
    fresh(f'/home/{USER}/scheduled', '/tmp/scheduled-u', '/run/as-root', '/run/scheduled-unit', '/root/.copied')
