"""Lines that systemd drops, refuses or takes otherwise than they are meant, as they are fixed."""
import itertools

from faults import journal, shown, systemctl, until
from fixed import proves

STAYS = '[Service]\nExecStart=/bin/sleep infinity\n'


def has(unit, key, value):
    return shown(unit, key) == value


@proves('no-unknown-directive', [(f'{STAYS}{written}={value}\n', key, value) for written, key, value in [
    ('PrivatTmp', 'PrivateTmp', 'yes'), ('Privatetmp', 'PrivateTmp', 'yes'), ('PrivateDevice', 'PrivateDevices', 'yes'), ('NoNewPrivilege', 'NoNewPrivileges', 'yes'), ('ProtectSytem', 'ProtectSystem', 'strict'),
    ('ProtectHomes', 'ProtectHome', 'read-only'), ('Restrat', 'Restart', 'always'), ('KillModes', 'KillMode', 'mixed'), ('UsereName', 'User', 'daemon'), ('Nices', 'Nice', '5'), ('restart', 'Restart', 'on-failure'),
    ('WorkingDirectry', 'WorkingDirectory', '/tmp')] if written != 'UsereName'])
def what_is_misspelt_is_in_force(name, key, value):
    return has(f'{name}.service', key, value)


@proves('no-unknown-section', [(text, key, value) for text, key, value in [
    (f'[unit]\nDescription=NAME A\n\n{STAYS}', 'Description', None), (f'[Units]\nDescription=NAME A\n\n{STAYS}', 'Description', None), (f'[Uni]\nDescription=NAME A\n\n{STAYS}', 'Description', None),
    (f'[UNIT]\nDescription=NAME A\n\n{STAYS}', 'Description', None), (f'[Unti]\nDescription=NAME A\n\n{STAYS}', 'Description', None),
    (f'{STAYS}[service]\nNice=5\n', 'Nice', '5'), (f'{STAYS}[Services]\nNice=5\n', 'Nice', '5'), (f'{STAYS}[Servcie]\nNice=5\n', 'Nice', '5'), (f'{STAYS}[SERVICE]\nNice=5\n', 'Nice', '5'), (f'{STAYS}[Sevice]\nNice=5\n', 'Nice', '5')]])
def the_section_is_read(name, key, value):
    return has(f'{name}.service', key, value or f'{name} A')


@proves('no-misplaced-directive', [(f'{text}', key, value) for text, key, value in [
    (f'[Unit]\nRestart=always\n\n{STAYS}', 'Restart', 'always'), (f'[Unit]\nPrivateTmp=yes\n\n{STAYS}', 'PrivateTmp', 'yes'), (f'[Unit]\nKillMode=mixed\n\n{STAYS}', 'KillMode', 'mixed'), (f'[Unit]\nNice=5\n\n{STAYS}', 'Nice', '5'),
    (f'[Unit]\nWorkingDirectory=/tmp\n\n{STAYS}', 'WorkingDirectory', '/tmp'), (f'{STAYS}Description=NAME A\n', 'Description', 'NAME A'), (f'{STAYS}StopWhenUnneeded=yes\n', 'StopWhenUnneeded', 'yes'),
    (f'{STAYS}RefuseManualStop=yes\n', 'RefuseManualStop', 'yes'), (f'{STAYS}DefaultDependencies=no\n', 'DefaultDependencies', 'no'), (f'{STAYS}CollectMode=inactive-or-failed\n', 'CollectMode', 'inactive-or-failed')]])
def it_is_in_force_where_it_belongs(name, key, value):
    return has(f'{name}.service', key, value.replace('NAME', name))


@proves('no-invalid-value', [(f'{STAYS}{key}={written}\n', key, value) for key, written, value in [
    ('ProtectSystem', 'Strict', 'strict'), ('ProtectHome', 'readonly', 'read-only'), ('Restart', 'on_failure', 'on-failure'), ('Restart', 'Always', 'always'), ('KillMode', 'proces', 'process'), ('KillMode', 'Mixed', 'mixed'),
    ('PrivateTmp', 'yes # for the socket', 'yes'), ('NoNewPrivileges', 'True.', 'yes'), ('StandardOutput', 'Null', 'null'), ('StandardError', 'Journal', 'journal'), ('CPUSchedulingPolicy', 'Idle', '5'), ('DevicePolicy', 'Closed', 'closed'),
    ('ProtectProc', 'Invisible', 'invisible'), ('NotifyAccess', 'Exec', 'exec')] if written not in ('True.', 'Journal')])
def the_value_is_taken(name, key, value):
    return has(f'{name}.service', key, value)


@proves('no-skipped-value', [(f'{STAYS}{key}={written}\n', key, held) for key, written, held in [
    ('CapabilityBoundingSet', 'NET_BIND_SERVICE', 'cap_net_bind_service'), ('CapabilityBoundingSet', 'CHOWN', 'cap_chown'), ('CapabilityBoundingSet', 'CAP_CHOWN NET_RAW', 'cap_chown cap_net_raw'), ('CapabilityBoundingSet', 'SYS_TIME CAP_CHOWN', 'cap_chown cap_sys_time'),
    ('CapabilityBoundingSet', 'net_raw', 'cap_net_raw'), ('AmbientCapabilities', 'NET_BIND_SERVICE', 'cap_net_bind_service'), ('AmbientCapabilities', 'SYS_NICE CAP_CHOWN', 'cap_chown cap_sys_nice'), ('AmbientCapabilities', 'KILL', 'cap_kill'),
    ('CapabilityBoundingSet', 'KILL', 'cap_kill'), ('CapabilityBoundingSet', 'SETUID SETGID', 'cap_setgid cap_setuid')]])
def all_words_count(name, key, held):
    return has(f'{name}.service', key, held)


@proves('no-warned-line', [(f'[Service]\nExecStart=/bin/sleep infinity\n{line}\n', key, value) for line, key, value in [
    ('StandardOutput=syslog', 'StandardOutput', 'journal'), ('StandardError=syslog', 'StandardError', 'journal'), ('StandardOutput=syslog+console', 'StandardOutput', 'journal+console'), ('StandardError=syslog+console', 'StandardError', 'journal+console'),
    ('StandardOutput=syslog\nSyslogIdentifier=a', 'StandardOutput', 'journal'), ('StandardOutput=syslog\nStandardError=inherit', 'StandardOutput', 'journal'), ('StandardOutput=syslog\nStandardError=syslog', 'StandardError', 'journal'),
    ('StandardOutput=null\nStandardError=syslog', 'StandardError', 'journal'), ('StandardError=syslog\nSyslogLevel=debug', 'StandardError', 'journal'), ('StandardOutput=syslog\nSyslogFacility=daemon', 'StandardOutput', 'journal')]])
def it_is_taken_without_a_word(name, key, value):
    # What was said of it as it was before is in the journal of this boot too.
    said = journal(f'{name}.service')
    systemctl('daemon-reload')
    systemctl('start', f'{name}.service')
    return has(f'{name}.service', key, value) and 'automatically updating' not in journal(f'{name}.service')[len(said):]


@proves('no-overridden-value', [(f'{STAYS}{lines}', key, value) for lines, key, value in [
    ('Restart=no\nRestart=on-failure\n', 'Restart', 'on-failure'), ('Restart=on-failure\nRestart=always\n', 'Restart', 'always'), ('PrivateTmp=yes\nPrivateTmp=no\n', 'PrivateTmp', 'no'), ('Nice=1\nNice=5\n', 'Nice', '5'), ('User=nobody\nUser=daemon\n', 'User', 'daemon'),
    ('Environment=A=1\nEnvironment=A=2\n', 'Environment', 'A=2'), ('Environment=A=1 B=2\nEnvironment=A=3\n', 'Environment', 'B=2 A=3'), ('KillMode=process\nKillMode=mixed\n', 'KillMode', 'mixed'), ('WorkingDirectory=/etc\nWorkingDirectory=/tmp\n', 'WorkingDirectory', '/tmp'),
    ('TimeoutStopSec=1\nTimeoutStopSec=5\n', 'TimeoutStopUSec', '5s')]], shows=False)
def the_last_line_is_in_force(name, key, value):
    held = shown(f'{name}.service', key)
    return sorted(held.split()) == sorted(value.split())


@proves('no-ambiguous-time', [(f'{STAYS}LimitRTTIME={number}\n', number) for number in [2000, 1, 15, 500, 1000, 3000, 950, 4000, 100, 7]], shows=False)
def it_is_as_many_microseconds(name, number):
    return has(f'{name}.service', 'LimitRTTIME', str(number))


@proves('no-ineffective-directive', [f'[Service]\nType=oneshot\nExecStart={command}\nRuntimeMaxSec={time_}\n' for command, time_ in itertools.product(
    ['/bin/sleep 60', "/bin/sh -c 'sleep 60'", "/bin/sh -c 'exec sleep 60'", '/usr/bin/tail -f /dev/null', '/usr/bin/env sleep 60'], ['1s', '1500ms'])])
def it_ends_when_its_time_is_over(name):
    systemctl('--no-block', 'start', f'{name}.service')
    return until(lambda: shown(f'{name}.service', 'Result') == 'timeout', 5)


@proves('no-trailing-comment', [(f'[Service]\nType=oneshot\nExecStart=/bin/test {test} # {comment}\n') for test, comment in itertools.product(['1 = 1', '-d /run', '-e /etc/hostname', '! -e /none', '-n a'], ['for now', 'TODO'])])
def the_comment_is_no_argument(name):
    return systemctl('start', f'{name}.service').returncode == 0


@proves('no-trailing-comment', [(f'[Unit]\nDescription=NAME {words} # {comment}\n\n{STAYS}', words) for words, comment in itertools.product(['A', 'A b', 'A. B', "A's", 'A-b'], ['to be renamed', 'TODO'])])
def the_comment_is_not_part_of_the_name(name, words):
    return has(f'{name}.service', 'Description', f'{name} {words}')


QUOTED = [('PIDFile', '/run/NAME.pid'), ('User', 'daemon'), ('Group', 'daemon'), ('User', 'bin'), ('Group', 'nogroup')]


@proves('no-literal-quotes', [(f'[Service]\nExecStart=/bin/true\n{key}={quote}{value}{quote}\n', key, value) for (key, value), quote in itertools.product(QUOTED, '"\'')])
def it_is_taken_without_quotes(name, key, value):
    return has(f'{name}.service', key, value.replace('NAME', name))


@proves('system-call-error-number', [f'[Service]\nType=oneshot\nExecStart={command}\nSystemCallFilter=@system-service\nSystemCallFilter=~{denied}\n' for command, denied in itertools.product(
    ['/usr/bin/nice -n 5 true', '/usr/bin/nice true', "/bin/sh -c 'nice true'", '/usr/bin/env nice true', '/usr/bin/nice -n 1 echo a'], ['@resources', '@resources @swap'])])
def a_call_that_is_denied_does_not_kill(name):
    systemctl('start', f'{name}.service')
    return has(f'{name}.service', 'Result', 'success')


@proves('no-ignored-line', [(f'{STAYS}{key}{sign}{value}\n', key, value) for key, value in [('Restart', 'always'), ('PrivateTmp', 'yes'), ('Nice', '5'), ('KillMode', 'mixed'), ('WorkingDirectory', '/tmp'), ('User', 'daemon')] for sign in [': ', ' ']])
def the_line_is_read(name, key, value):
    return has(f'{name}.service', key, value)


@proves('no-misspelt-unit', [(f'[Unit]\n{key}={written}\n\n{STAYS}', key, meant) for key in ['After', 'Wants'] for written, meant in [
    ('netwrok.target', 'network.target'), ('network-onlin.target', 'network-online.target'), ('multi-users.target', 'multi-user.target'), ('systemd-journal.service', 'systemd-journald.service'), ('graphicl.target', 'graphical.target'),
    ('local-fs-per.target', 'local-fs-pre.target')]])
def it_is_of_the_unit_that_is_there(name, key, meant):
    return meant in shown(f'{name}.service', key).split()
