"""A timer's job in Perl, as the web's user: sessions of logins that are too old are taken away, and those that are not are left."""
import json
import os
import shutil
import time

packages = 'liblemonldap-ng-portal-perl'
control = 'ReadOnlyPaths=/var/lib/lemonldap-ng'
FOLDER = '/var/lib/lemonldap-ng/sessions'
OLD, NEW = '0' * 64, '1' * 64


def session(name, when):
    path = f'{FOLDER}/{name}'
    with open(path, 'w') as file:
        json.dump({'_session_id': name, '_session_kind': 'SSO', '_utime': int(when), 'uid': 'someone'}, file)
    os.chmod(path, 0o600)
    shutil.chown(path, 'www-data', 'www-data')


def prepare():
    session(OLD, time.time() - 10 * 86400)
    session(NEW, time.time())


def ask():
    assert not os.path.exists(f'{FOLDER}/{OLD}'), 'the old session is there'
    assert os.path.exists(f'{FOLDER}/{NEW}'), 'the new session is gone'
    prepare()
