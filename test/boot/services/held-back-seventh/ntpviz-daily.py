"""A timer's job in Python, as root: graphs of how the clock went, drawn by gnuplot from its logs, in a folder for a web server."""
import time

from client import fresh, run, write

packages = 'ntpsec-ntpviz'
control = 'ReadOnlyPaths=/var/lib/ntpsec'
alone = 'ntpsec'
patience = 60
files = {
    '/etc/systemd/system/ntpviz-daily.service.d/after.conf': '[Unit]\nWants=ntpsec.service\nAfter=ntpsec.service\n',
    '/etc/ntpsec/ntp.conf': 'driftfile /var/lib/ntpsec/ntp.drift\ndisable ntp\ndisable kernel\ntos minsane 1 orphan 6\nrefclock local stratum 5\nstatsdir /var/log/ntpsec/\nstatistics loopstats peerstats\nfilegen loopstats file loopstats type day enable\nfilegen peerstats file peerstats type day enable\nrestrict default kod nomodify noquery limited\nrestrict 127.0.0.1\nrestrict ::1\n',
}


def prepare():
    now = int(time.time())
    loops, peers = {}, {}
    for at in range(now - 7200, now, 60):
        day, second = divmod(at, 86400)
        date = time.strftime('%Y%m%d', time.gmtime(at))
        loops[date] = loops.get(date, '') + (f'{day + 40587} {second} {(at % 7) / 1e6:.9f} 1.{at % 9} 0.000001 0.01 6\n')
        peers[date] = peers.get(date, '') + (f'{day + 40587} {second} 127.127.1.0 9014 {(at % 5) / 1e6:.9f} 0.000100000 0.000030000 0.000002000\n')
    for kind, days in (('loopstats', loops), ('peerstats', peers)):
        for date, text in days.items():
            write(f'/var/log/ntpsec/{kind}.{date}', text)
    run('chown', '-R', 'ntpsec', '/var/log/ntpsec')


def ask():
    fresh('/var/lib/ntpsec/ntpviz/day/index.html', '/var/lib/ntpsec/ntpviz/day/local-offset.png')
