"""What waits for what, and what ends with the system, as it is fixed."""
import itertools
import os
import time

from client import write
from faults import shown, systemctl, until
from fixed import proves
from order import ONLINE, STAYS, cycles_seen, enabled, shut_down, spared_by_shutdown

WAYS = ['', 'Description=A\n', 'Before=graphical.target\n', 'After=local-fs.target\n', 'After=systemd-journald.socket\n']
BODIES = [STAYS, "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"]


@proves('no-unpulled-target', [f'[Unit]\n{way}After={ONLINE}\n\n{body}' for way, body in itertools.product(WAYS, BODIES)], one_by_one=True)
def the_network_is_waited_for(name):
    systemctl('stop', ONLINE)
    systemctl('start', f'{name}.service')
    try:
        return (shown(f'{name}.service', 'ActiveState'), shown(ONLINE, 'ActiveState')) == ('active', 'active')
    finally:
        systemctl('stop', f'{name}.service', ONLINE)


LOOKS = ['/bin/test -e /run/online', "/bin/sh -c '[ -e /run/online ]'", '/bin/cat /run/online', '/bin/ls /run/online', '/usr/bin/stat /run/online']


@proves('no-unawaited-target', [f'[Unit]\n{way}Wants={ONLINE}\n\n[Service]\nType=oneshot\nExecStart={look}\n' for way, look in zip(WAYS * 2, LOOKS + LOOKS[::-1])], one_by_one=True)
def it_starts_when_the_network_is_there(name):
    if os.path.exists('/run/online'):
        os.remove('/run/online')
    write('/run/systemd/system/slow.service', f'[Unit]\nBefore={ONLINE}\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 1\nExecStart=/bin/touch /run/online\n')
    write(f'/run/systemd/system/{ONLINE}.d/slow.conf', '[Unit]\nWants=slow.service\n')
    systemctl('daemon-reload')
    systemctl('stop', 'slow.service', ONLINE)
    systemctl('start', f'{name}.service')
    try:
        return shown(f'{name}.service', 'Result') == 'success'
    finally:
        until(lambda: shown(ONLINE, 'ActiveState') == 'active', 3)
        os.remove('/run/systemd/system/slow.service')
        os.remove(f'/run/systemd/system/{ONLINE}.d/slow.conf')


SAVING = ['[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/touch /run/NAME.saved\n', '[Service]\nExecStart=/bin/sleep infinity\nExecStop=/bin/touch /run/NAME.saved\n']


def done(names, suffix):
    return [os.path.exists(f'/run/{name}.{suffix}') for name in names]


@proves('no-unstopped-service', [f'[Unit]\n{way}DefaultDependencies=no\n\n{body}' for way, body in itertools.product(WAYS, SAVING)], together=True)
def it_is_stopped_by_a_shutdown(variants):
    names = [name for name, in variants]
    with spared_by_shutdown():
        systemctl('start', *[f'{name}.service' for name in names])
        shut_down()
        time.sleep(0.5)
        return done(names, 'saved')


@proves('no-shutdown-conflict', [f'[Unit]\n{way}Before=shutdown.target\n\n[Service]\nType=oneshot\n{remains}ExecStart=/bin/touch /run/NAME.done\n\n[Install]\nWantedBy=shutdown.target\n'
                                 for way, remains in itertools.product(WAYS, ['', 'RemainAfterExit=yes\n'])], together=True)
def it_starts_with_a_shutdown(variants):
    names = [name for name, in variants]
    with spared_by_shutdown(), enabled(*[f'{name}.service' for name in names]):
        shut_down()
        time.sleep(0.5)
        return done(names, 'done')


PLACES = ['sysinit.target', 'basic.target', 'sockets.target', 'paths.target', 'systemd-tmpfiles-setup.service', 'local-fs.target']


@proves('no-ordering-cycle', [f'[Unit]\n{way}Before={place}\n\n[Service]\nType=oneshot\nExecStart=/bin/touch /run/NAME.early\n\n[Install]\nWantedBy=sysinit.target\n'
                              for place, way in itertools.product(PLACES, WAYS[:2])], one_by_one=True)
def it_starts_in_no_circle(name):
    with spared_by_shutdown():
        shut_down()
        before = cycles_seen()
        with enabled(f'{name}.service'):
            systemctl('start', 'multi-user.target')
            time.sleep(0.3)
            return cycles_seen() == before and os.path.exists(f'/run/{name}.early')




@proves('no-invalid-install', [(f'{STAYS}\n[Install]\n{key}={written}\n', f'{meant}.{folder}') for written, meant in [
    ('multi-user', 'multi-user.target'), ('graphical', 'graphical.target'), ('timers', 'timers.target'), ('sysinit', 'sysinit.target'), ('basic', 'basic.target')]
    for key, folder in [('WantedBy', 'wants'), ('RequiredBy', 'requires')]])
def it_is_enabled(name, folder):
    systemctl('--runtime', 'enable', f'{name}.service')
    try:
        return os.path.islink(f'/run/systemd/system/{folder}/{name}.service')
    finally:
        systemctl('--runtime', 'disable', f'{name}.service')
