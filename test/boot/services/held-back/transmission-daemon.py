"""Downloads, a user of its own: its settings changed and asked for."""
import json
import urllib.error
import urllib.request

from client import replace

packages = 'transmission-daemon'


def prepare():
    replace('/etc/transmission-daemon/settings.json', '"rpc-authentication-required": 1', '"rpc-authentication-required": 0')


def call(method, session='', **arguments):
    body = json.dumps({'method': method, 'arguments': arguments}).encode()
    request = urllib.request.Request('http://127.0.0.1:9091/transmission/rpc', data=body, headers={'X-Transmission-Session-Id': session})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)['arguments']
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise
        return call(method, error.headers['X-Transmission-Session-Id'], **arguments)


def ask():
    call('session-set', **{'peer-limit-global': 77})
    assert call('session-get')['peer-limit-global'] == 77
