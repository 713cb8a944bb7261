"""Runs what it is told to, in Go: a request that makes a file."""
from client import fresh, page

packages = 'webhook'
files = {
    '/etc/webhook.conf': '[{"id": "x", "execute-command": "/usr/local/bin/hooked", "command-working-directory": "/tmp", "include-command-output-in-response": true}]\n',
    '/usr/local/bin/hooked': '#!/bin/sh\ndate > /var/tmp/hooked\necho was hooked\n',
}


def ask():
    page(9000, '/hooks/x', 'was hooked')
    fresh('/var/tmp/hooked')
