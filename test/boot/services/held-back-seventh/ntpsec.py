"""Time, starts as root by a script that takes a lock and becomes a user: the hour asked of it as a server, and its state; the clock itself is the host's, and left alone."""
import socket

from client import has, run

packages = 'ntpsec'
alone = 'ntpsec'
patience = 30
files = {
    '/etc/ntpsec/ntp.conf': 'driftfile /var/lib/ntpsec/ntp.drift\ndisable ntp\ndisable kernel\ntos minsane 1 orphan 6\nrefclock local stratum 5\nstatsdir /var/log/ntpsec/\nstatistics loopstats peerstats\nfilegen loopstats file loopstats type day enable\nfilegen peerstats file peerstats type day enable\nrestrict default kod nomodify noquery limited\nrestrict 127.0.0.1\nrestrict ::1\n',
}


def ask():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(3)
        peer.sendto(b'\x23' + bytes(47), ('127.0.0.1', 123))
        answer = peer.recv(100)
        assert answer[0] & 7 == 4, answer
    has('version="ntpd', run('ntpq', '-c', 'rv').stdout)
    has('LOCAL', run('ntpq', '-p', '-n').stdout)
