"""When timers, paths and sockets start what they are for, as they are fixed."""
import os
import socket
import time

from faults import shown, systemctl, until
from fixed import proves

JOB = "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >> /run/NAME.runs'\n"


def timed(lines, unit='', more=''):
    return {'NAME.timer': f'{unit}[Timer]\n{lines}\n', 'NAME.service': JOB + more}


def runs(name):
    try:
        with open(f'/run/{name}.runs') as file:
            return len(file.readlines())
    except FileNotFoundError:
        return 0


def started(name, kind):
    """Starts a unit, with no runs counted yet."""
    if os.path.exists(f'/run/{name}.runs'):
        os.remove(f'/run/{name}.runs')
    return systemctl('start', f'{name}.{kind}')


RELATIVE = ['OnUnitActiveSec=1s', 'OnUnitInactiveSec=1s', 'OnUnitActiveSec=500ms', 'OnUnitInactiveSec=300ms', 'OnUnitActiveSec=1', 'OnUnitActiveSec=1s\nOnUnitInactiveSec=1s',
            'OnUnitActiveSec=800ms\nRandomizedDelaySec=1ms', 'OnUnitInactiveSec=.5s', 'OnUnitActiveSec=1s\nWakeSystem=no', 'OnUnitActiveSec=0.7s']


@proves('no-idle-timer', [timed(f'{line}\nAccuracySec=1ms') for line in RELATIVE])
def it_runs_first_and_again(name):
    started(name, 'timer')
    return until(lambda: runs(name) >= 2, 5)


EAGER = ['OnCalendar=yearly', 'OnCalendar=*-01-01', 'OnActiveSec=1d', 'OnActiveSec=1h\nOnUnitActiveSec=1d', 'OnCalendar=weekly\nPersistent=no']


@proves('no-eager-activation', [timed(line, f'[Unit]\n{kind}=NAME.service\n\n') for line in EAGER for kind in ['Requires', 'Wants', 'BindsTo']])
def it_waits_for_its_time(name):
    started(name, 'timer')
    time.sleep(1)
    return runs(name) == 0 and shown(f'{name}.timer', 'SubState') == 'waiting'


LASTING = ['OnActiveSec=0\nOnUnitActiveSec=2s', 'OnActiveSec=0\nOnUnitInactiveSec=2s', 'OnCalendar=*:*:0/2', 'OnBootSec=0\nOnUnitActiveSec=2s', 'OnCalendar=*:*:1/2\nPersistent=yes',
           'OnActiveSec=1s\nOnUnitActiveSec=2s', 'OnStartupSec=0\nOnUnitActiveSec=2s', 'OnCalendar=*:*:0/3', 'OnCalendar=*-*-* *:*:0/2', 'OnActiveSec=100ms\nOnUnitActiveSec=1900ms']


@proves('no-lasting-job', [timed(f'{line}\nAccuracySec=1ms', more='RemainAfterExit=yes\n') for line in LASTING])
def it_runs_again(name):
    started(name, 'timer')
    return until(lambda: runs(name) >= 2, 8)


NEVER = ['*-02-30', '*-04-31', '*-06-31', '*-09-31', '*-11-31', '*-02-30 03:00', 'Mon 2199-12-25', 'Mon 2198-12-25 08:00', '*-11-31 23:59:59', '*-04-31 12:00']


@proves('no-impossible-date', [timed(f'OnCalendar={date}') for date in NEVER])
def its_day_comes(name):
    started(name, 'timer')
    return shown(f'{name}.timer', 'SubState') == 'waiting' and shown(f'{name}.timer', 'NextElapseUSecRealtime') != ''


OFTEN = ['OnActiveSec=0\nOnUnitActiveSec=2s', 'OnActiveSec=0\nOnUnitInactiveSec=2s', 'OnActiveSec=0\nOnUnitActiveSec=3s', 'OnActiveSec=0\nOnUnitActiveSec=2500ms', 'OnActiveSec=0\nOnUnitInactiveSec=3s',
         'OnCalendar=*:*:0/2', 'OnCalendar=*:*:0/3', 'OnCalendar=*:*:1/2', 'OnCalendar=*-*-* *:*:0/4', 'OnCalendar=*:*:2/3']


@proves('no-coarse-timer', [timed(line) for line in OFTEN])
def it_is_in_time(name):
    started(name, 'timer')
    time.sleep(14)
    return runs(name) >= 3


RESTLESS = ['OnCalendar=*:*:*', 'OnCalendar=*-*-* *:*:*', 'OnCalendar=*:*:*\nPersistent=yes', 'OnCalendar=*-*-* *:*:* Europe/Berlin', 'OnCalendar=*:00..59:*', 'OnCalendar=Mon..Sun *:*:*', 'OnCalendar=Mon..Sun *-*-* *:*:*',
            'OnCalendar=*-*-* 0..23:*:*', 'OnCalendar=*:0..59:*', 'OnCalendar=*-*-* *:*:* UTC']


@proves('no-restless-timer', [timed(f'{line}\nAccuracySec=1ms') for line in RESTLESS])
def it_meets_no_limit(name):
    started(name, 'timer')
    return not until(lambda: shown(f'{name}.service', 'Result') == 'start-limit-hit', 9) and shown(f'{name}.timer', 'SubState') == 'waiting'


@proves('no-lone-option', [timed(f'{line}\nAccuracySec=1ms\nPersistent=yes') for line in LASTING if 'OnCalendar' not in line] + [
    timed(f'OnActiveSec={number}00ms\nOnUnitActiveSec=1s\nAccuracySec=1ms\nPersistent=true') for number in range(5)], shows=False)
def it_runs_as_before_without_Persistent(name):
    started(name, 'timer')
    return until(lambda: runs(name) >= 2, 6)


def listening(lines, at):
    return {'NAME.socket': f'[Socket]\nListenStream=127.0.0.1:{7100 + at}\n{lines}MaxConnections={at % 3 + 1}\n', 'NAME.service': '[Service]\nExecStart=/bin/sleep 60\n'}, 7100 + at


@proves('no-lone-option', [listening(line, at) for at, line in enumerate(['', 'Accept=no\n', 'NoDelay=yes\n', 'KeepAlive=yes\n', 'Backlog=5\n'] * 2)], shows=False)
def all_connections_are_kept_without_MaxConnections(name, port):
    systemctl('start', f'{name}.socket')
    made = [socket.create_connection(('127.0.0.1', port)) for _ in range(5)]
    time.sleep(0.5)
    kept = [is_open(one) for one in made]
    systemctl('stop', f'{name}.socket', f'{name}.service')
    return kept == [True] * 5


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b''
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def watched(key, pattern, more=''):
    return {'NAME.path': f'[Path]\n{key}={pattern}\n{more}', 'NAME.service': "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >> /run/NAME.runs; rm -f /run/NAME/a.csv'\n"}


@proves('no-literal-glob', [watched('PathExists', f'/run/NAME/{pattern}', more) for pattern in ['*.csv', '*', 'a*', '?.csv', 'a.*'] for more in ['', 'MakeDirectory=yes\n']])
def it_is_started_by_a_file(name):
    os.makedirs(f'/run/{name}', exist_ok=True)
    started(name, 'path')
    open(f'/run/{name}/a.csv', 'w').close()
    try:
        return until(lambda: runs(name) >= 1, 3)
    finally:
        if os.path.exists(f'/run/{name}/a.csv'):
            os.remove(f'/run/{name}/a.csv')


@proves('no-literal-glob', [watched(key, f'/run/NAME/{pattern}') for key in ['PathChanged', 'PathModified'] for pattern in ['*.csv', '*', 'a*', '?.csv', 'a.*']])
def it_is_started_by_a_change(name):
    os.makedirs(f'/run/{name}', exist_ok=True)
    started(name, 'path')
    time.sleep(0.5)
    with open(f'/run/{name}/a.csv', 'w') as file:
        file.write('a')
    return until(lambda: runs(name) >= 1, 3)
