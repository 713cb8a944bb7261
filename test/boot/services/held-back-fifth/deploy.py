"""A timer's job of our own, as root, from a script: what was pushed is pulled into a web site, given to its user, and another unit is told."""
import time

from client import fresh, run, write

packages = 'git'
starts = 'deploy.timer'
control = 'ProtectSystem=strict'
patience = 30
files = {
    '/etc/systemd/system/deploy.service': """[Unit]
Description=Deploy the site
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=/root/bin/deploy.sh site main
""",
    '/etc/systemd/system/deploy.timer': """[Unit]
Description=Deploy the site

[Timer]
OnActiveSec=1s
OnUnitInactiveSec=2s
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
    '/etc/systemd/system/site-cache.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/touch /run/site-cache-is-fresh\n',
    '/root/bin/deploy.sh': """#!/bin/bash
set -euo pipefail
export HOME=/root
exec 9>/var/lock/deploy.lock
flock -n 9 || exit 0
cd /var/www/"$1"
git fetch -q origin "$2"
git reset -q --hard "origin/$2"
chown -R www-data:www-data .
[ -e /etc/cron.d/"$1" ] || echo "0 4 * * * www-data /var/www/$1/nightly" > /etc/cron.d/"$1"
install -m 755 tool /usr/local/bin/site-tool
systemctl restart site-cache.service
echo "$(date +%F) $(git rev-parse --short HEAD)" >> /var/log/deploy.log
""",
}


def prepare():
    write('/root/.gitconfig', '[safe]\n directory = *\n[user]\n name = u\n email = u@localhost\n')
    run('sh', '-c', 'git init -q --bare -b main /srv/site.git; git clone -q /srv/site.git /root/work; mkdir -p /var/www; cd /root/work && git checkout -q -b main; echo "#!/bin/sh" > tool; git add tool; git commit -qm one; git push -q origin main; git clone -q /srv/site.git /var/www/site', env={'HOME': '/root', 'PATH': '/usr/sbin:/usr/bin'})


def ask():
    word = str(time.monotonic())
    run('sh', '-c', f'cd /root/work && echo {word} > page && git add page && git commit -qm more && git push -q origin main', check=True, env={'HOME': '/root', 'PATH': '/usr/sbin:/usr/bin'})
    for _ in range(20):
        time.sleep(0.5)
        if run('sh', '-c', 'cat /var/www/site/page').stdout.strip() == word:
            break
    assert run('stat', '-c', '%U', '/var/www/site/page').stdout.strip() == 'www-data'
    time.sleep(1)
    fresh('/run/site-cache-is-fresh', '/usr/local/bin/site-tool', '/etc/cron.d/site', '/var/log/deploy.log')
