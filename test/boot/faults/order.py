"""What becomes of units whose order or end is not what they say, and of those of users that count on units of the system."""
import contextlib
import os
import shutil

from client import run, write
from client import systemctl as client_systemctl
from faults import VERSION, journal, shown, systemctl, units, until

STAYS = '[Service]\nExecStart=/bin/sleep infinity\n'
ONLINE = 'network-online.target'
# Ways to say the same, so that what is seen is not one unit's alone.
WAYS = ['', 'Description=A\n', 'Before=b.target\n', 'After=local-fs.target\n', 'After=systemd-journald.socket\n', 'Wants=b.target\n']


def does(name, more=''):
    return f'[Service]\nType=oneshot\nExecStart=/bin/touch /run/{name}\n{more}'


def is_done(name):
    return os.path.exists(f'/run/{name}')


@contextlib.contextmanager
def enabled(*names):
    systemctl('--runtime', 'enable', *names)
    systemctl('daemon-reload')
    try:
        yield
    finally:
        systemctl('--runtime', 'disable', *names)


@contextlib.contextmanager
def spared_by_shutdown():
    """What the test itself needs outlasts `end.target`, which is as `reboot.target` but does not reboot."""
    spared = ['test-command.service', 'dbus.service', 'dbus.socket']
    for name in spared:
        write(f'/run/systemd/system/{name}.d/spared.conf', '[Unit]\nDefaultDependencies=no\n')
    units(end__target='[Unit]\nDefaultDependencies=no\nRequires=shutdown.target\nAfter=shutdown.target\n')
    try:
        yield
    finally:
        systemctl('start', 'multi-user.target')
        for name in spared:
            shutil.rmtree(f'/run/systemd/system/{name}.d')
        systemctl('daemon-reload')


def shut_down():
    done = systemctl('--no-block', 'start', 'end.target')
    until(lambda: shown('end.target', 'ActiveState') == 'active', 5)
    return done


def test_after_the_network_alone_waits_for_nothing_and_with_Wants_it_waits():
    for way in WAYS:
        units(a__service=f'[Unit]\nAfter={ONLINE}\n{way}{STAYS}')
        systemctl('stop', ONLINE)
        systemctl('start', 'a.service')
        assert shown('a.service', 'ActiveState') == 'active', way
        assert shown(ONLINE, 'ActiveState') == 'inactive', way
        systemctl('stop', 'a.service')
        units(a__service=f'[Unit]\nAfter={ONLINE}\nWants={ONLINE}\n{way}{STAYS}')
        systemctl('start', 'a.service')
        assert shown(ONLINE, 'ActiveState') == 'active', way
        systemctl('stop', 'a.service', ONLINE)


def test_Wants_of_the_network_alone_does_not_wait_and_with_After_it_does():
    slow = f'[Unit]\nBefore={ONLINE}\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sleep 1\nExecStart=/bin/touch /run/online\n'
    looks = '[Service]\nType=oneshot\nExecStart=/bin/sh -c "test ! -e /run/online"\n'
    for order, expected in [('', 'success'), (f'After={ONLINE}\n', 'exit-code')]:
        units(slow__service=slow, a__service=f'[Unit]\nWants=slow.service {ONLINE}\n{order}{looks}')
        systemctl('start', 'a.service')
        assert shown('a.service', 'Result') == expected, order
        until(lambda: shown('slow.service', 'ActiveState') == 'active')
        systemctl('stop', 'slow.service', 'a.service', ONLINE)
        systemctl('reset-failed')
        os.remove('/run/online')


def test_a_unit_with_the_defaults_does_not_start_with_a_shutdown_and_without_them_it_does():
    names = []
    texts = {'bad__service': f'[Unit]\nBefore=shutdown.target\n{does("bad")}\n[Install]\nWantedBy=shutdown.target\n'}
    for number, way in enumerate(WAYS * 2):
        target = 'shutdown.target' if number < len(WAYS) else 'end.target'
        texts[f'good{number}__service'] = f'[Unit]\n{way}DefaultDependencies=no\nBefore=shutdown.target\n{does(f"good{number}")}\n[Install]\nWantedBy={target}\n'
        names.append(f'good{number}')
    with spared_by_shutdown():
        units(**texts)
        with enabled('bad.service', *(f'{name}.service' for name in names)):
            shut_down()
            assert not is_done('bad')
            assert [name for name in names if not is_done(name)] == []


def test_what_a_shutdown_requires_and_is_in_conflict_with_keeps_it_from_succeeding():
    with spared_by_shutdown():
        units(a__service=f'{does("a")}\n[Install]\nRequiredBy=shutdown.target\n')
        with enabled('a.service'):
            assert 'conflicting jobs' in shut_down().stderr


def test_no_shutdown_stops_what_has_no_defaults_and_with_Conflicts_it_does():
    lasting = '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/touch /run/{}\n'
    daemon = '[Service]\nExecStart=/bin/sleep infinity\nExecStop=/bin/touch /run/{}\n'
    texts = {
        'bad__service': f'[Unit]\nDefaultDependencies=no\n{lasting.format("unsaved")}',
        'worse__service': f'[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n{daemon.format("unsaved")}',
    }
    for number, way in enumerate(WAYS * 2):
        body = lasting if number < len(WAYS) else daemon
        texts[f'good{number}__service'] = f'[Unit]\n{way}DefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n{body.format(f"saved{number}")}'
    with spared_by_shutdown():
        units(**texts)
        names = [name.replace('__', '.') for name in texts]
        systemctl('start', *names)
        shut_down()
        assert not is_done('unsaved')
        assert [shown(name, 'ActiveState') for name in names[:2]] == ['active', 'active']
        assert [number for number in range(len(names) - 2) if not is_done(f'saved{number}')] == []


def cycles_seen():
    return run('journalctl', '-q', '--no-pager', '-o', 'cat', '-b', '_PID=1').stdout.count('Found ordering cycle')


def test_who_is_before_what_it_waits_for_is_left_out_and_without_the_defaults_it_is_not():
    early = 'DefaultDependencies=no\nConflicts=shutdown.target\nBefore=shutdown.target\n'
    places = ['sysinit.target', 'basic.target', 'sockets.target', 'local-fs.target', 'paths.target', 'systemd-tmpfiles-setup.service']
    for place in places:
        names = []
        texts = {}
        for number, way in enumerate(WAYS[:2]):
            texts[f'good{number}__service'] = f'[Unit]\n{way}Before={place}\n{early}{does(f"early{number}")}\n[Install]\nWantedBy=sysinit.target\n'
            names.append(f'good{number}.service')
        with spared_by_shutdown():
            units(bad__service=f'[Unit]\nBefore={place}\n{does("late")}\n[Install]\nWantedBy=sysinit.target\n', **texts)
            shut_down()
            before = cycles_seen()
            with enabled('bad.service'):
                systemctl('start', 'multi-user.target')
                assert until(lambda: cycles_seen() > before), place
            shut_down()
            before = cycles_seen()
            with enabled(*names):
                systemctl('start', 'multi-user.target')
                assert all(is_done(f'early{number}') for number in range(2)), place
                assert cycles_seen() == before, place
        for number in range(2):
            os.remove(f'/run/early{number}')


def test_of_two_orders_at_once_one_unit_is_left_out():
    units(a__service=f'[Unit]\nBefore=b.service\nAfter=b.service\nWants=b.service\n{does("a")}', b__service=does('b'))
    systemctl('start', 'a.service')
    assert 'deleted to break ordering cycle' in journal('a.service')
    assert is_done('a') != is_done('b')


def test_who_needs_what_it_is_in_conflict_with_does_not_start():
    for kind in ['Requires', 'BindsTo']:
        units(a__service=f'[Unit]\n{kind}=b.service\nConflicts=b.service\n{STAYS}', b__service=STAYS)
        assert 'conflicting jobs' in systemctl('start', 'a.service').stderr, kind
    units(a__service=f'[Unit]\nWants=b.service\nConflicts=b.service\n{STAYS}')
    systemctl('start', 'a.service')
    assert [shown(f'{name}.service', 'ActiveState') for name in 'ab'] == ['active', 'inactive']


def test_what_a_unit_is_to_itself_is_dropped():
    for kind in ['After', 'Before', 'Requires', 'Wants', 'BindsTo', 'Conflicts', 'PartOf', 'OnFailure']:
        units(itself__service=f'[Unit]\n{kind}=itself.service\n{STAYS}')
        assert systemctl('start', 'itself.service').returncode == 0, kind
        assert 'itself.service' not in shown('itself.service', kind), kind
        systemctl('stop', 'itself.service')


def of_user(*words):
    return client_systemctl(*words, manager='user')


def user_unit(name, text):
    """Writes a unit of a user who has no rights; the user's manager is started at first."""
    if not os.path.exists('/home/u'):
        run('useradd', '-m', '-u', '1000', 'u')
        systemctl('start', 'user@1000.service')
    write(f'/home/u/.config/systemd/user/{name}', text)
    run('chown', '-R', 'u:u', '/home/u')
    of_user('daemon-reload')


def test_a_user_has_no_units_of_the_system():
    for name in [ONLINE, 'network.target', 'multi-user.target', 'systemd-resolved.service', 'docker.service']:
        for kind in ['Requires', 'BindsTo', 'Requisite']:
            user_unit('a.service', f'[Unit]\n{kind}={name}\n{STAYS}')
            assert 'not found' in of_user('start', 'a.service').stderr, (kind, name)
        for kind in ['Wants', 'After', 'PartOf']:
            user_unit('a.service', f'[Unit]\n{kind}={name}\n{STAYS}')
            assert of_user('start', 'a.service').returncode == 0, (kind, name)
            of_user('stop', 'a.service')


def test_a_user_s_service_starts_as_no_other_user():
    fails_always = ['User=root', 'User=daemon', 'Group=root', 'Group=users', 'User=nosuch', 'SupplementaryGroups=users', 'SupplementaryGroups=u']
    own = ['User=u', 'User=1000', 'User=%u', 'User=u\nGroup=u']
    works_always = ['Group=u', 'Group=%u', 'User=', 'SupplementaryGroups=']
    fails = fails_always + (own if VERSION < 253 else [])
    for line in fails_always + own + works_always:
        user_unit('b.service', f'{STAYS}{line}\n')
        of_user('start', 'b.service')
        until(lambda: of_user('show', '-P', 'ExecMainStatus', 'b.service').stdout.strip() != '0' or line not in fails, 2)
        status = of_user('show', '-P', 'ExecMainStatus', 'b.service').stdout.strip()
        assert (status in ['216', '217']) == (line in fails), (line, status)
        of_user('stop', 'b.service')
        of_user('reset-failed')
