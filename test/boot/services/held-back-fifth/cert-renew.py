"""A timer's job of our own, as root, by lines in the unit and a script: a certificate made anew, and nginx told of it."""
import ssl

from client import run, write

packages = 'nginx,openssl'
starts = 'cert-renew.timer'
control = 'ReadOnlyPaths=/etc'
patience = 40
files = {
    '/etc/systemd/system/cert-renew.service': """[Unit]
Description=Renew the certificate

[Service]
Type=oneshot
WorkingDirectory=/etc/site
ExecCondition=/bin/sh -c 'test ! -e /etc/site/hold'
ExecStart=/opt/renew/renew --days 30
ExecStartPost=/usr/sbin/nginx -t
ExecStartPost=/usr/bin/systemctl reload nginx.service
""",
    '/etc/systemd/system/cert-renew.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=3s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    '/opt/renew/renew': """#!/bin/sh
set -e
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$2" -subj /CN=site -keyout /etc/site/new.key -out /etc/site/new.pem 2>/dev/null
mv new.key site.key
mv new.pem site.pem
chgrp www-data site.pem && chmod 640 site.pem
logger -t renew "renewed"
""",
}


def prepare():
    write('/etc/nginx/sites-enabled/site', 'server { listen 127.0.0.1:8243 ssl; ssl_certificate /etc/site/site.pem; ssl_certificate_key /etc/site/site.key; return 200 "safe"; }\n')
    run('sh', '-c', 'rm -f /etc/nginx/sites-enabled/default; mkdir -p /etc/site; cd /etc/site && sh /opt/renew/renew --days 1 && systemctl start nginx')
    ask.last = ssl.get_server_certificate(('127.0.0.1', 8243))


def ask():
    now = ssl.get_server_certificate(('127.0.0.1', 8243))
    assert now != ask.last
    ask.last = now
