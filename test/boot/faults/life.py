"""What becomes of services whose lines are at odds with how they live."""
import subprocess
import time

from faults import journal, shown, systemctl, units, until


def state(unit):
    return shown(unit, 'ActiveState')


def lives(mark):
    """Whether a process has these words in its command line."""
    return subprocess.run(['pgrep', '-f', mark], capture_output=True).returncode == 0


def test_ExecStop_of_a_oneshot_that_does_not_remain_runs_at_once():
    units(a__service='[Service]\nType=oneshot\nExecStart=/bin/true\nExecStop=/bin/touch /run/stopped\n')
    systemctl('start', 'a.service')
    assert until(lambda: systemctl('is-active', 'a.service').stdout.strip() == 'inactive')
    assert open('/run/stopped').read() == ''


def test_with_RemainAfterExit_it_waits_for_the_stop():
    units(a__service='[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/touch /run/stopped-later\n')
    systemctl('start', 'a.service')
    assert shown('a.service', 'ActiveState') == 'active'
    systemctl('stop', 'a.service')
    assert open('/run/stopped-later').read() == ''


FRONT = '[Service]\nType={}\nTimeoutStartSec=1s\nExecStart={}\n'
COMMANDS = [f'/bin/sleep 77{number}' for number in range(4)] + [f"/bin/sh -c 'exec sleep 78{number}'" for number in range(3)] + [
    '/usr/bin/env sleep 790', '/usr/bin/nice sleep 791', '/usr/bin/tail -f /dev/null']


def test_forking_with_what_stays_in_front_times_out():
    units(a__service=FRONT.format('forking', COMMANDS[0]))
    assert systemctl('start', 'a.service').returncode != 0
    assert shown('a.service', 'Result') == 'timeout'


def test_as_exec_it_runs():
    for command in COMMANDS:
        units(a__service=FRONT.format('exec', command))
        assert systemctl('start', 'a.service').returncode == 0, command
        time.sleep(0.2)
        assert state('a.service') == 'active', command
        systemctl('stop', 'a.service')


def test_what_goes_to_the_background_is_killed_at_once():
    for kind in ['', 'Type=simple\n', 'Type=exec\n', 'Type=oneshot\n']:
        units(a__service=f"[Service]\n{kind}ExecStart=/bin/sh -c 'setsid sleep 801 &'\n")
        systemctl('start', 'a.service')
        assert until(lambda: state('a.service') == 'inactive'), kind
        assert until(lambda: not lives('sleep 801')), kind


def test_as_forking_it_lives():
    for number in range(10):
        units(a__service=f"[Service]\nType=forking\nExecStart=/bin/sh -c 'setsid sleep 81{number} &'\n")
        systemctl('start', 'a.service')
        time.sleep(0.2)
        assert state('a.service') == 'active' and lives(f'sleep 81{number}')
        systemctl('stop', 'a.service')
        assert not lives(f'sleep 81{number}')


def test_what_keeps_what_went_to_the_background():
    for line in ['RemainAfterExit=yes', 'ExitType=cgroup', 'KillMode=process']:
        units(a__service=f"[Service]\n{line}\nExecStart=/bin/sh -c 'setsid sleep 802 & sleep 0.3'\n")
        systemctl('start', 'a.service')
        time.sleep(0.8)
        assert lives('sleep 802'), line
        systemctl('stop', 'a.service')
        subprocess.run(['pkill', '-f', 'sleep 802'])


def test_notify_that_nothing_sends_times_out():
    for command in ['/bin/sleep 803', "/bin/sh -c 'sleep 803; true'"]:
        units(a__service=FRONT.format('notify', command))
        assert systemctl('start', 'a.service').returncode != 0
        assert shown('a.service', 'Result') == 'timeout'


def test_NotifyAccess_none_is_main_beside_notify_and_a_watchdog():
    units(a__service='[Service]\nType=notify\nNotifyAccess=none\nExecStart=/bin/sleep 804\n')
    assert shown('a.service', 'NotifyAccess') == 'main'
    units(a__service='[Service]\nWatchdogSec=1min\nNotifyAccess=none\nExecStart=/bin/sleep 804\n')
    assert shown('a.service', 'NotifyAccess') == 'main'


def test_systemd_notify_of_a_shell_is_heard_from_root():
    units(a__service="[Service]\nType=notify\nTimeoutStartSec=3s\nExecStart=/bin/sh -c 'systemd-notify --ready; sleep 805; true'\n")
    assert systemctl('start', 'a.service').returncode == 0


def test_from_others_it_is_not():
    units(a__service="[Service]\nUser=nobody\nType=notify\nTimeoutStartSec=3s\nExecStart=/bin/sh -c 'systemd-notify --ready; sleep 806; true'\n")
    assert systemctl('start', 'a.service').returncode != 0
    assert shown('a.service', 'Result') == 'timeout'


def test_with_NotifyAccess_all_it_is():
    for number in range(10):
        units(a__service=f"[Service]\nUser=nobody\nType=notify\nNotifyAccess=all\nTimeoutStartSec=3s\nExecStart=/bin/sh -c 'systemd-notify --ready; sleep 81{number}; true'\n")
        assert systemctl('start', 'a.service').returncode == 0


def test_WatchdogSec_kills_what_does_not_ping():
    for command in ['/bin/sleep 807', "/bin/sh -c 'sleep 807; true'"]:
        units(a__service=f'[Service]\nWatchdogSec=1s\nExecStart={command}\n')
        systemctl('start', 'a.service')
        assert until(lambda: state('a.service') == 'failed', 5)
        assert shown('a.service', 'Result') == 'watchdog'


def test_limits_that_are_not_reached_let_it_restart_for_ever():
    units(a__service='[Unit]\nStartLimitIntervalSec=2s\nStartLimitBurst=2\n\n[Service]\nExecStart=/bin/false\nRestart=on-failure\nRestartSec=1s\n')
    systemctl('start', 'a.service')
    assert until(lambda: int(shown('a.service', 'NRestarts')) >= 5, 12)


def test_with_a_longer_interval_it_fails():
    for burst in range(1, 11):
        units(a__service=f'[Unit]\nStartLimitIntervalSec={burst * 0.2 + 1}s\nStartLimitBurst={burst}\n\n[Service]\nExecStart=/bin/false\nRestart=on-failure\nRestartSec=0.2s\n')
        systemctl('start', 'a.service')
        assert until(lambda: state('a.service') == 'failed', 12), burst
        assert until(lambda: shown('a.service', 'SubState') == 'failed' and int(shown('a.service', 'NRestarts')) >= burst - 1)
        systemctl('reset-failed', 'a.service')


def test_an_infinite_interval_counts_all_starts():
    units(a__service='[Unit]\nStartLimitIntervalSec=infinity\nStartLimitBurst=3\n\n[Service]\nExecStart=/bin/false\n', b__service='[Unit]\nStartLimitIntervalSec=1s\nStartLimitBurst=3\n\n[Service]\nExecStart=/bin/false\n')
    for _ in range(4):
        systemctl('start', 'a.service')
        systemctl('start', 'b.service')
        time.sleep(0.6)
    assert 'too quickly' in journal('a.service')
    assert 'too quickly' not in journal('b.service')


def test_without_an_interval_there_is_no_limit():
    units(a__service='[Unit]\nStartLimitIntervalSec=0\nStartLimitBurst=3\n\n[Service]\nExecStart=/bin/false\nRestart=always\n')
    systemctl('start', 'a.service')
    assert until(lambda: int(shown('a.service', 'NRestarts')) >= 12, 12)


def test_with_KillMode_process_what_a_shell_started_outlives_it():
    for kill in ['process', 'none']:
        units(a__service=f"[Service]\nKillMode={kill}\nTimeoutStopSec=1s\nExecStart=/bin/sh -c 'sleep 808; true'\n")
        systemctl('start', 'a.service')
        time.sleep(0.2)
        systemctl('stop', 'a.service')
        assert lives('sleep 808')
        subprocess.run(['pkill', '-f', 'sleep 808'])


def test_without_it_all_are_killed():
    for number in range(10):
        units(a__service=f"[Service]\nExecStart=/bin/sh -c 'sleep 82{number}; true'\n")
        systemctl('start', 'a.service')
        time.sleep(0.1)
        systemctl('stop', 'a.service')
        assert not lives(f'sleep 82{number}')


def test_what_remains_is_not_restarted_after_a_clean_exit():
    for restart in ['always', 'on-success']:
        units(a__service=f'[Service]\nRemainAfterExit=yes\nRestart={restart}\nExecStart=/bin/true\n')
        systemctl('start', 'a.service')
        time.sleep(0.6)
        assert (shown('a.service', 'SubState'), shown('a.service', 'NRestarts')) == ('exited', '0')


def test_what_remains_is_restarted_after_a_failure():
    units(a__service='[Service]\nRemainAfterExit=yes\nRestart=always\nExecStart=/bin/false\n')
    systemctl('start', 'a.service')
    assert until(lambda: int(shown('a.service', 'NRestarts')) >= 3)


def test_without_RemainAfterExit_it_is_restarted():
    for number in range(10):
        units(a__service=f'[Service]\nRestart=always\nExecStart=/bin/sleep 0.0{number}\n')
        systemctl('start', 'a.service')
        assert until(lambda: int(shown('a.service', 'NRestarts')) >= 1), number


def test_plus_runs_a_command_as_root_beside_User():
    for number in range(10):
        units(a__service=f'[Service]\nUser=nobody\nExecStartPre=+/usr/bin/touch /run/by-root-{number}\nExecStart=/bin/sleep 809\n')
        assert systemctl('start', 'a.service').returncode == 0
        systemctl('stop', 'a.service')
        assert open(f'/run/by-root-{number}').read() == ''


def test_of_several_processes_none_is_the_main_one_and_none_is_restarted():
    units(a__service="[Service]\nType=forking\nRestart=always\nRestartSec=0.1s\nExecStart=/bin/sh -c 'setsid sleep 831 & setsid sleep 832 &'\n")
    systemctl('start', 'a.service')
    assert shown('a.service', 'MainPID') == '0'
    subprocess.run(['pkill', '-f', 'sleep 831'])
    time.sleep(0.6)
    assert (state('a.service'), shown('a.service', 'NRestarts')) == ('active', '0') and not lives('sleep 831')


def test_with_PIDFile_it_is():
    for number in range(10):
        units(a__service=f"[Service]\nType=forking\nPIDFile=/run/a.pid\nRestart=always\nRestartSec=0.1s\nExecStart=/bin/sh -c 'setsid sleep 84{number} & echo $$! > /run/a.pid; setsid sleep 833 &'\n")
        systemctl('start', 'a.service')
        assert shown('a.service', 'MainPID') != '0'
        subprocess.run(['pkill', '-f', f'sleep 84{number}'])
        assert until(lambda: shown('a.service', 'NRestarts') == '1')
        systemctl('stop', 'a.service')
