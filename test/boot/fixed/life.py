"""How services live: those that end, wait, restart and outlive their stop, as they are fixed."""
import itertools
import os
import subprocess
import time

from client import write
from faults import shown, systemctl, until
from fixed import proves


def state(unit):
    return shown(unit, 'ActiveState')


def lives(mark):
    """Whether a process has these words in its command line."""
    return subprocess.run(['pgrep', '-f', mark], capture_output=True).returncode == 0


def forgotten(*paths):
    for path in paths:
        if os.path.exists(path):
            os.remove(path)


UPS = ['ExecStart=/bin/touch /run/NAME.up\n', "ExecStart=/bin/sh -c 'echo up > /run/NAME.up'\n", 'ExecStart=/bin/true\nExecStart=/bin/touch /run/NAME.up\n',
       'ExecStart=/usr/bin/install -m 644 /dev/null /run/NAME.up\n', 'ExecStart=-/bin/false\nExecStart=/bin/touch /run/NAME.up\n']
DOWNS = ['ExecStop=/bin/touch /run/NAME.down\n', "ExecStop=/bin/sh -c 'rm -f /run/NAME.up; touch /run/NAME.down'\n"]


@proves('no-immediate-stop', [f'[Service]\nType=oneshot\n{up}{down}' for up, down in itertools.product(UPS, DOWNS)])
def stops_when_it_is_stopped(name):
    forgotten(f'/run/{name}.down')
    systemctl('start', f'{name}.service')
    time.sleep(0.5)
    held = state(f'{name}.service') == 'active' and not os.path.exists(f'/run/{name}.down')
    systemctl('stop', f'{name}.service')
    return held and os.path.exists(f'/run/{name}.down')


FRONTS = ['/usr/bin/tail -f /dev/null', '/bin/sleep infinity', "/bin/sh -c 'exec sleep infinity'", "/bin/sh -c 'exec tail -f /dev/null'", '/usr/bin/env sleep infinity',
          '/usr/bin/nice sleep infinity', "/bin/bash -c 'exec sleep infinity'", '/usr/bin/env -u A tail -f /dev/null', '/usr/bin/nice -n 5 /usr/bin/sleep infinity',
          '/usr/bin/env A=b sleep infinity', '/usr/bin/sleep 1d', '/usr/bin/tail -F /run/NAME.log']


@proves('no-type-mismatch', [f'[Service]\nType=forking\nTimeoutStartSec=2s\nExecStart={command}\n' for command in FRONTS])
def in_front_it_is_started(name):
    return systemctl('start', f'{name}.service').returncode == 0 and state(f'{name}.service') == 'active'


@proves('no-unsent-notification', [f'[Service]\nType=notify\nTimeoutStartSec=2s\nExecStart={command}\n' for command in FRONTS])
def without_a_word_it_is_started(name):
    return systemctl('start', f'{name}.service').returncode == 0 and state(f'{name}.service') == 'active'


@proves('no-unfed-watchdog', [f'[Service]\nWatchdogSec=1s\nRestart={restart}\nExecStart={command}\n' for command, restart in zip(FRONTS, ['no', 'on-abort'] * 6)])
def it_is_not_killed_for_silence(name):
    systemctl('start', f'{name}.service')
    time.sleep(2.5)
    return state(f'{name}.service') == 'active'


SCRIPTS = ["/bin/sh -c 'while true; do sleep {0}; done'", '/run/NAME.sh {0}', '/bin/sh /run/NAME.sh {0}', '/bin/bash /run/NAME.sh {0}', '/usr/bin/env sh /run/NAME.sh {0}', '/bin/sh -e /run/NAME.sh {0}']


@proves('no-surviving-process', [(f'[Service]\nKillMode={kill}\nTimeoutStopSec=1s\nExecStart={script.format(f"3{at}{kill_at}00")}\n', f'sleep 3{at}{kill_at}00')
                                 for (at, script), (kill_at, kill) in itertools.product(enumerate(SCRIPTS), enumerate(['process', 'none']))])
def all_of_it_ends(name, mark):
    write(f'/run/{name}.sh', '#!/bin/sh\nsleep $1\ntrue\n')
    systemctl('start', f'{name}.service')
    until(lambda: lives(mark), 3)
    systemctl('stop', f'{name}.service')
    try:
        return not lives(mark)
    finally:
        subprocess.run(['pkill', '-KILL', '-f', mark])


LIMITS = [(2, 2, 1), (1, 1, 1), (2, 3, 1), (1.5, 2, 0.8), (2, 4, 0.6), (1, 2, 0.7), (3, 4, 1), (0.9, 3, 0.5), (1, 3, 0.5), (2.5, 5, 0.6)]


@proves('no-idle-start-limit', [(f'[Unit]\nStartLimitIntervalSec={int(interval * 1000)}ms\nStartLimitBurst={burst}\n\n[Service]\nExecStart=/bin/false\nRestart=on-failure\nRestartSec={int(each * 1000)}ms\n', burst)
                                for interval, burst, each in LIMITS])
def it_gives_up(name, burst):
    systemctl('start', f'{name}.service')
    until(lambda: shown(f'{name}.service', 'SubState') == 'failed' or int(shown(f'{name}.service', 'NRestarts')) > burst + 2, 25)
    return shown(f'{name}.service', 'SubState') == 'failed'


NEEDS = ["/bin/sh -c 'test -e /run/NAME.ready && exec sleep infinity'", "/bin/sh -c '[ -e /run/NAME.ready ] && exec tail -f /run/NAME.ready'", '/usr/bin/tail -f /run/NAME.ready', "/bin/bash -c 'test -e /run/NAME.ready && exec sleep infinity'",
         "/bin/sh -c 'cat /run/NAME.ready && exec sleep infinity'"]


@proves('no-restart-loop', [f'[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestart={restart}\n{delay}ExecStart={command}\n'
                            for command, (restart, delay) in itertools.product(NEEDS, [('always', ''), ('on-failure', 'RestartSec=50ms\n')])])
def it_pauses_and_comes_up_when_what_it_needs_does(name):
    forgotten(f'/run/{name}.ready')
    systemctl('start', f'{name}.service')
    time.sleep(3)
    open(f'/run/{name}.ready', 'w').close()
    return int(shown(f'{name}.service', 'NRestarts')) <= 1 and until(lambda: state(f'{name}.service') == 'active', 6)


TELLERS = ["/bin/sh -c 'systemd-notify --ready; exec sleep infinity'", "/bin/bash -c 'systemd-notify --ready; exec sleep infinity'",
           '/usr/bin/python3 -c "import os, socket, time; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b\'READY=1\', os.environ[\'NOTIFY_SOCKET\']); time.sleep(999)"']


@proves('no-idle-notify-access', [f'[Service]\n{kind}NotifyAccess=none\nTimeoutStartSec=4s\nExecStart={command}\n' for kind, command in
                                  [*itertools.product(['Type=notify\n', 'WatchdogSec=1min\nType=notify\n', 'Type=notify\nUser=root\n'], TELLERS), ('Type=notify\nRestart=no\n', TELLERS[2])]], shows=False)
def main_is_heard(name):
    return shown(f'{name}.service', 'NotifyAccess') == 'main' and systemctl('start', f'{name}.service').returncode == 0


BACKS = ['/sbin/start-stop-daemon --start --background --exec /bin/sleep -- 5{0}', '/sbin/start-stop-daemon -S -b -x /bin/sleep -- 5{0}',
         "/bin/sh -c 'start-stop-daemon -S -b -x /bin/sleep -- 5{0}'", '/usr/sbin/start-stop-daemon -b -S -x /bin/sleep --startas /bin/sleep -- 5{0}']


@proves('no-type-mismatch', [(f'[Service]\n{kind}ExecStart={command.format(f"{at}{kind_at}0")}\n', f'sleep 5{at}{kind_at}0')
                             for (at, command), (kind_at, kind) in itertools.product(enumerate(BACKS), enumerate(['', 'Type=simple\n', 'Type=exec\n']))], one_by_one=True)
def what_it_leaves_behind_lives(name, mark):
    systemctl('start', f'{name}.service')
    time.sleep(0.7)
    held = lives(mark) and state(f'{name}.service') == 'active'
    systemctl('stop', f'{name}.service')
    return held and not lives(mark)


@proves('no-idle-restart', [f'[Service]\nRemainAfterExit=yes\nRestart={restart}\nRestartSec=100ms\nExecStart={command}\n' for restart, command in itertools.product(
    ['always'], [f"/bin/sh -c 'test ! -e /run/NAME.ill{word}'" for word in ['', ' -a a', ' -a ! b = c', ' && true', '; exit $$?', ' || false', ' -a 1', ' -a -d /', '; exit $$?', ' && exit 0']])], shows=False)
def it_remains_and_is_started_anew_after_a_failure(name):
    forgotten(f'/run/{name}.ill')
    systemctl('start', f'{name}.service')
    time.sleep(0.5)
    remained = (shown(f'{name}.service', 'SubState'), shown(f'{name}.service', 'NRestarts')) == ('exited', '0')
    systemctl('stop', f'{name}.service')
    open(f'/run/{name}.ill', 'w').close()
    systemctl('--no-block', 'start', f'{name}.service')
    return remained and until(lambda: int(shown(f'{name}.service', 'NRestarts')) >= 2, 3)


@proves('no-sudo', [f'[Service]\nUser=daemon\nType=oneshot\nRemainAfterExit=yes\nExecStartPre={sudo} {command}\nExecStart=/bin/true\n' for sudo, command in itertools.product(
    ['/usr/bin/sudo', 'sudo', '/usr/bin/sudo -n'], ['/bin/touch /run/NAME.root', '/usr/bin/mkdir /run/NAME.root', '/bin/mkdir -p /run/NAME.root', '/bin/cp /etc/hostname /run/NAME.root'])])
def root_does_it(name):
    systemctl('start', f'{name}.service')
    return state(f'{name}.service') == 'active' and os.path.exists(f'/run/{name}.root')
