"""Monitoring, runs what it is told to: its status, the work of a script."""
from client import append, fresh, page

packages = 'monit'
patience = 30
files = {'/usr/local/bin/checked': '#!/bin/sh\ndate > /var/lib/monit/checked\n'}


def prepare():
    append('/etc/monit/monitrc', '\nset daemon 2\nset httpd port 2812\n  allow localhost\ncheck program checked with path /usr/local/bin/checked\n  if status != 0 then alert\ncheck filesystem root with path /\n')


def ask():
    page(2812, '/_status?format=xml', '<')
    fresh('/var/lib/monit/checked')
