"""Logins of a web console, an instance a login, by PAM, becomes the user: a user logs in by HTTP, and another word is not taken."""
import base64
import urllib.error

from client import USER, page, run

packages = 'cockpit-ws,cockpit-bridge'
unit = 'cockpit-session@.service'
starts = 'cockpit.socket'
control = 'InaccessiblePaths=/etc/shadow'
patience = 30


def prepare():
    run('chpasswd', input=f'{USER}:a-word')


def ask():
    word = base64.b64encode(f'{USER}:a-word'.encode()).decode()
    page(9090, '/cockpit/login', headers={'Authorization': f'Basic {word}'}, expected='csrf-token')
    try:
        page(9090, '/cockpit/login', headers={'Authorization': 'Basic ' + base64.b64encode(f'{USER}:other'.encode()).decode()})
        raise AssertionError('taken')
    except urllib.error.HTTPError as error:
        assert error.code == 401, error.code
