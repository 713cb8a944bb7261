"""When timers and paths start what they are for, and when not."""
import os
import socket
import time

from faults import shown, systemctl, units, until

JOB = "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo >> /run/{}.runs'\n"


def runs(name):
    try:
        return len(open(f'/run/{name}.runs').readlines())
    except FileNotFoundError:
        return 0


def job(name, timer, service=''):
    """A timer that writes a line for each run; how often it ran is counted from none."""
    if os.path.exists(f'/run/{name}.runs'):
        os.remove(f'/run/{name}.runs')
    units(**{f'{name}__timer': f'[Timer]\n{timer}', f'{name}__service': JOB.format(name) + service})
    assert systemctl('start', f'{name}.timer').returncode == 0, timer


RELATIVE = ['OnUnitActiveSec=1s', 'OnUnitInactiveSec=1s', 'OnUnitActiveSec=500ms', 'OnUnitInactiveSec=300ms', 'OnUnitActiveSec=1',
            'OnUnitActiveSec=1s\nOnUnitInactiveSec=1s', 'OnUnitActiveSec=800ms\nRandomizedDelaySec=1ms', 'OnUnitInactiveSec=.5s',
            'OnUnitActiveSec=1s\nWakeSystem=no', 'OnUnitActiveSec=0.7s']


def test_what_counts_from_the_last_run_never_starts_first():
    for number, line in enumerate(RELATIVE):
        job(f'idle{number}', f'{line}\nAccuracySec=1ms\n')
    time.sleep(3)
    assert [runs(f'idle{number}') for number in range(10)] == [0] * 10
    assert shown('idle0.timer', 'SubState') == 'elapsed'
    assert shown('idle0.timer', 'NextElapseUSecMonotonic') == 'infinity'


def test_with_OnActiveSec_beside_it_it_runs_again_and_again():
    for number, line in enumerate(RELATIVE):
        first = line.split('\n')[0].split('=')[1]
        job(f'first{number}', f'{line}\nOnActiveSec={first}\nAccuracySec=1ms\n')
    for number in range(10):
        assert until(lambda: runs(f'first{number}') >= 2), RELATIVE[number]


LASTING = ['OnActiveSec=0\nOnUnitActiveSec=1s', 'OnActiveSec=0\nOnUnitInactiveSec=1s', 'OnCalendar=*:*:0/2', 'OnCalendar=*:*:*',
           'OnBootSec=0\nOnUnitActiveSec=1s', 'OnCalendar=*:*:1/2\nPersistent=yes', 'OnActiveSec=1s\nOnUnitActiveSec=1s',
           'OnStartupSec=0\nOnUnitActiveSec=1s', 'OnCalendar=*-*-* *:*:0/1', 'OnActiveSec=100ms\nOnUnitActiveSec=900ms']


def test_what_remains_active_runs_once():
    for number, line in enumerate(LASTING):
        job(f'last{number}', f'{line}\nAccuracySec=1ms\n', 'RemainAfterExit=yes\n')
    time.sleep(5)
    assert [runs(f'last{number}') for number in range(10)] == [1] * 10


def test_without_RemainAfterExit_it_runs_again():
    for number, line in enumerate(LASTING):
        job(f'again{number}', f'{line}\nAccuracySec=1ms\n')
    for number in range(10):
        assert until(lambda: runs(f'again{number}') >= 2), LASTING[number]


def test_Persistent_makes_up_for_nothing_without_OnCalendar():
    for name in 'forget', 'keep':
        stamp = f'/var/lib/systemd/timers/stamp-{name}.timer'
        os.makedirs(os.path.dirname(stamp), exist_ok=True)
        open(stamp, 'w').close()
        os.utime(stamp, (1_700_000_000, 1_700_000_000))
    job('forget', 'OnActiveSec=1h\nOnUnitActiveSec=1h\nAccuracySec=1ms\nPersistent=yes\n')
    job('keep', 'OnCalendar=weekly\nAccuracySec=1ms\nPersistent=yes\n')
    assert until(lambda: runs('keep') == 1)
    time.sleep(1)
    assert runs('forget') == 0


def test_without_Persistent_it_runs_as_before():
    for number in range(10):
        job(f'plain{number}', f'OnActiveSec={number}00ms\nOnUnitActiveSec=1s\nAccuracySec=1ms\n')
    for number in range(10):
        assert until(lambda: runs(f'plain{number}') >= 2)


def test_dates_that_never_come():
    for number, date in enumerate(['*-02-30', '*-04-31', 'Mon 2199-12-25', '2020-01-01', '2019-12-31 23:59', '*-11-31', '2001..2015-*-*']):
        job(f'never{number}', f'OnCalendar={date}\n')
        assert shown(f'never{number}.timer', 'SubState') == 'elapsed', date
        assert shown(f'never{number}.timer', 'NextElapseUSecRealtime') == '', date


def test_dates_as_fixed_come():
    for number, date in enumerate(['*-02~01', '*-04~01', '*-06~01', '*-09~01', '*-11~01', '*-02~01 03:00', 'Wed 2199-12-25', 'Tue 2198-12-25 08:00',
                                   '*-*~01', '*-11~01 23:59:59']):
        job(f'comes{number}', f'OnCalendar={date}\n')
        assert shown(f'comes{number}.timer', 'SubState') == 'waiting', date
        assert shown(f'comes{number}.timer', 'NextElapseUSecRealtime') != '', date


CRON = ['*-*-* 05:00:00', '*-*-* *:00/15:00', 'Mon..Fri *-*-* 00:00:00', '*-*-01,15 04:30:00', 'Sun *-01..03-* 09..17/2:00:00', 'Sat,Sun *-*-* *:05:00',
        'daily', '*-*-* 00/2:00:00', '*-01/2-* 12:00:00', 'Mon,Wed,Fri *-*-* 06:30:00']


def test_what_lines_of_cron_mean_is_waited_for():
    for number, event in enumerate(CRON):
        job(f'cron{number}', f'OnCalendar={event}\n')
        assert shown(f'cron{number}.timer', 'SubState') == 'waiting', event


def test_lines_of_cron_alone_are_no_timer():
    units(cron__timer='[Timer]\nOnCalendar=0 5 * * *\n', cron__service=JOB.format('cron'))
    assert systemctl('start', 'cron.timer').returncode != 0
    assert shown('cron.timer', 'LoadState') == 'bad-setting'


OFTEN = ['OnUnitActiveSec=2s', 'OnUnitInactiveSec=2s', 'OnUnitActiveSec=3s', 'OnUnitActiveSec=2500ms', 'OnUnitInactiveSec=3s']
DATED = ['OnCalendar=*:*:0/2', 'OnCalendar=*:*:0/3', 'OnCalendar=*:*:1/2', 'OnCalendar=*-*-* *:*:0/4', 'OnCalendar=*:*:0/2.5']


def test_as_accurate_as_asked_it_is_in_time():
    lines = [f'OnActiveSec=0\n{line}' for line in OFTEN] + DATED
    for number, line in enumerate(lines):
        job(f'exact{number}', f'{line}\nAccuracySec=100ms\n')
    time.sleep(13)
    seen = [runs(f'exact{number}') for number in range(10)]
    assert min(seen) >= 3, seen


def test_less_accurate_it_is_late():
    job('late', 'OnActiveSec=0\nOnUnitActiveSec=2s\n')
    time.sleep(20)
    assert runs('late') <= 5, runs('late')


def test_each_second_meets_the_start_limit_again_and_again():
    job('restless', 'OnCalendar=*:*:*\nAccuracySec=1ms\n')
    assert until(lambda: shown('restless.service', 'Result') == 'start-limit-hit', 15)
    count = runs('restless')
    time.sleep(3)
    assert runs('restless') == count == 5
    assert until(lambda: runs('restless') > 5, 20)


def path(name, watch, commands):
    if os.path.exists(f'/run/{name}.runs'):
        os.remove(f'/run/{name}.runs')
    units(**{f'{name}__path': f'[Path]\n{watch}\n', f'{name}__service': '[Service]\nType=oneshot\n' + ''.join(f'ExecStart={command}\n' for command in commands)})
    assert systemctl('start', f'{name}.path').returncode == 0


def test_what_is_left_there_starts_it_again_until_the_limit():
    os.makedirs('/run/full', exist_ok=True)
    open('/run/full/a', 'w').close()
    for name, watch in [('exists', 'PathExists=/run/full/a'), ('glob', 'PathExistsGlob=/run/full/*'), ('filled', 'DirectoryNotEmpty=/run/full')]:
        path(name, watch, [f"/bin/sh -c 'echo >> /run/{name}.runs'"])
        assert until(lambda: shown(f'{name}.path', 'ActiveState') == 'failed'), name
        assert runs(name) == 5
        assert shown(f'{name}.path', 'Result') in ('unit-start-limit-hit', 'trigger-limit-hit')


def test_what_is_taken_away_starts_it_once_each_time():
    path('taken', 'PathExists=/run/taken', ["/bin/sh -c 'echo >> /run/taken.runs'", '/bin/rm /run/taken'])
    for turn in range(3):
        open('/run/taken', 'w').close()
        assert until(lambda: runs('taken') == turn + 1 and shown('taken.service', 'ActiveState') == 'inactive')
        time.sleep(0.3)
    assert shown('taken.path', 'ActiveState') == 'active'


def test_connections_are_limited_with_Accept_alone():
    units(many__socket='[Socket]\nListenStream=127.0.0.1:7007\nMaxConnections=1\n', many__service='[Service]\nExecStart=/bin/sleep 60\n',
          few__socket='[Socket]\nListenStream=127.0.0.1:7008\nAccept=yes\nMaxConnections=1\n',
          few_AT___service='[Service]\nExecStart=/bin/sleep 60\n')
    assert systemctl('start', 'many.socket', 'few.socket').returncode == 0
    many = [socket.create_connection(('127.0.0.1', 7007)) for _ in range(3)]
    few = [socket.create_connection(('127.0.0.1', 7008)) for _ in range(3)]
    time.sleep(1)
    assert [closed(one) for one in many] == [False] * 3
    assert [closed(one) for one in few] == [False, True, True]
    systemctl('stop', 'few@*.service')


def closed(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) == b''
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_patterns_of_paths_are_names():
    os.makedirs('/run/globs', exist_ok=True)
    units(pattern__path='[Path]\nPathChanged=/run/globs/*.csv\n', pattern__service=JOB.format('pattern'),
          folder__path='[Path]\nPathChanged=/run/globs\n', folder__service=JOB.format('folder'))
    assert systemctl('start', 'pattern.path', 'folder.path').returncode == 0
    time.sleep(1)
    open('/run/globs/a.csv', 'w').close()
    assert until(lambda: runs('folder') >= 1)
    time.sleep(1)
    assert runs('pattern') == 0


def test_instances_of_what_is_no_template_are_empty():
    units(none__service='[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo [%i] [%I] > /run/none.told"\n')
    assert systemctl('start', 'none.service').returncode == 0
    assert open('/run/none.told').read() == '[] []\n'
