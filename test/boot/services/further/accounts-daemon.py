"""By D-Bus, changes users: one's name set, and found in /etc/passwd."""
import time

from client import has, read, run

packages = 'accountsservice,dbus'
control = 'ReadOnlyPaths=/etc'
patience = 30


def ask():
    name = f'Of {time.monotonic_ns()}'
    run('busctl', 'call', 'org.freedesktop.Accounts', '/org/freedesktop/Accounts/User1000', 'org.freedesktop.Accounts.User', 'SetRealName', 's', name, check=True)
    time.sleep(0.5)
    has(name, read('/etc/passwd'))
    run('busctl', 'call', 'org.freedesktop.Accounts', '/org/freedesktop/Accounts/User1000', 'org.freedesktop.Accounts.User', 'SetLanguage', 's', 'de_DE.UTF-8', check=True)
