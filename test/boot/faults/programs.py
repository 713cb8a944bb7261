"""How programs live: with the options by which the table of lives knows them, they stay in front or go to the background.

`/test/programs.tsv` has the command lines; those of programs that are not there are left out, and what ends with an error for want of a
configuration says nothing. All of them are there with `--packages` as the first line of that file names them.
"""
import shutil
import time

from faults import shown, systemctl, units

FOLDERS = '/usr/local/sbin:/usr/sbin:/usr/bin'
ROWS = [line.rstrip('\n').split('\t') for line in open('/test/programs.tsv') if '\t' in line]
SERVICE = '[Service]\nType={}\nTimeoutStartSec=8s\nRuntimeDirectory=a named sshd nsd dovecot php mosquitto\nExecStart={}\n'


def seen(life, kind):
    """Of each command that is there: whether it ran, and whether it did the opposite."""
    ran, otherwise = [], []
    for _, command in [row for row in ROWS if row[0] == life]:
        program, *rest = command.split(' ', 1)
        path = shutil.which(program, path=FOLDERS)
        if not path:
            continue
        units(a__service=SERVICE.format(kind, ' '.join([path, *rest])))
        systemctl('start', 'a.service')
        if life == 'stays':
            time.sleep(1.2)
        if shown('a.service', 'SubState') == 'running':
            ran.append(command)
        elif shown('a.service', 'Result') == 'timeout' or (life == 'stays' and shown('a.service', 'ExecMainStatus') == '0'):
            otherwise.append(command)
        systemctl('kill', '--signal=KILL', 'a.service')
        systemctl('stop', 'a.service')
        systemctl('reset-failed')
    print(life, len(ran), 'of', len([row for row in ROWS if row[0] == life]), flush=True)
    return ran, otherwise


def test_what_stays_in_front_is_the_main_process():
    ran, otherwise = seen('stays', 'exec')
    assert ran and not otherwise, otherwise


def test_what_goes_to_the_background_ends_and_leaves_another():
    ran, otherwise = seen('forks', 'forking')
    assert ran and not otherwise, otherwise
