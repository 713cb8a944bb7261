"""Figures of mail, in Perl, forks, as root: a letter that the log tells of is counted in its database of figures."""
import time

from client import append, run

packages = 'mailgraph'
control = 'ReadOnlyPaths=/var/lib/mailgraph'
patience = 90
BASE = '/var/lib/mailgraph/mailgraph.rrd'
files = {'/var/log/mail.log': ''}
clock = time.time() - 6 * 3600  # minutes that are over are not counted again, nor are those to come


def ask():
    global clock
    for _ in range(4):
        clock += 60
        at = time.strftime('%b %e %H:%M:%S', time.localtime(clock))
        append('/var/log/mail.log', f'{at} test postfix/smtp[1]: ABC: to=<a@b>, relay=c[1.2.3.4]:25, delay=1, status=sent (250 ok)\n')
    until = time.monotonic() + 70
    while int(run('perl', '-MRRDs', '-e', f'print int RRDs::last("{BASE}")').stdout or 0) < clock - 120:
        assert time.monotonic() < until, 'not counted'
        time.sleep(1)
