"""Units of users' managers that count on what only the system has, as they are fixed."""
import os

from client import systemctl
from fixed import USER, proves

STAYS = '[Service]\nExecStart=/bin/sleep infinity\n'


def of_user(*words):
    return systemctl(*words, manager='user')


def shown(unit, name):
    return of_user('show', '-P', name, unit).stdout.strip()


OTHERS = ['network-online.target', 'network.target', 'multi-user.target', 'systemd-resolved.service', 'local-fs.target']


@proves('no-system-requirement', [f'[Unit]\n{kind}={other}\n\n{STAYS}' for kind in ['Requires', 'BindsTo', 'Requisite'] for other in OTHERS], user=True)
def it_starts_without_units_of_the_system(name):
    return of_user('start', f'{name}.service').returncode == 0 and shown(f'{name}.service', 'ActiveState') == 'active'


@proves('no-system-order', [f'[Unit]\n{kind}={other}\n\n{STAYS}' for kind in ['After', 'Before'] for other in OTHERS], user=True, shows=False)
def it_starts_without_an_order(name):
    return of_user('start', f'{name}.service').returncode == 0 and shown(f'{name}.service', 'ActiveState') == 'active'


BOOT = ['multi-user.target', 'graphical.target', 'multi-user.target graphical.target', 'network-online.target', 'runlevel5.target']


@proves('no-wrong-install-target', [f'{body}\n[Install]\nWantedBy={target}\n' for target in BOOT for body in [STAYS, '[Service]\nType=oneshot\nExecStart=/bin/true\n']], user=True)
def it_starts_with_the_session(name):
    of_user('enable', f'{name}.service')
    try:
        # What is for the graphical target of the system is for sessions with a desktop.
        return any(os.path.islink(f'{USER}/{target}.wants/{name}.service') and f'{name}.service' in shown(target, 'Wants') for target in ['default.target', 'graphical-session.target'])
    finally:
        of_user('disable', f'{name}.service')


FOREIGN = ['SupplementaryGroups=users', 'SupplementaryGroups=audio', 'SupplementaryGroups=daemon users', 'User=root', 'User=daemon', 'User=nobody', 'User=0', 'Group=users', 'Group=root', 'Group=daemon', 'AmbientCapabilities=CAP_NET_ADMIN',
           'CapabilityBoundingSet=', 'AmbientCapabilities=CAP_NET_BIND_SERVICE']


@proves('no-system-directive', [f'{STAYS}{line}\n' for line in FOREIGN], user=True)
def it_starts_with_rights_of_the_user(name):
    of_user('start', f'{name}.service')
    return shown(f'{name}.service', 'ExecMainStatus') == '0' and shown(f'{name}.service', 'ActiveState') == 'active'


OF_USERS = ['graphical-session.target', 'graphical-session-pre.target', 'xdg-desktop-autostart.target']


@proves('no-user-dependency', [f'[Unit]\n{kind}={other}\n\n{STAYS}User=daemon\n\n[Install]\nWantedBy={target}\n' for kind in ['Requires', 'BindsTo'] for other in OF_USERS for target in ['multi-user.target', 'graphical.target']])
def it_starts_without_units_of_users(name):
    return systemctl('start', f'{name}.service').returncode == 0 and systemctl('is-active', f'{name}.service').returncode == 0
