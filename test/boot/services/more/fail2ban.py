"""Reads logs and bans: an address that fails too often, by a command of ours."""
import glob

from client import append, fresh

packages = 'fail2ban'
alone = 'firewall'
patience = 40
control = 'InaccessiblePaths=/var/log/logins'
files = {
    '/etc/fail2ban/jail.d/x.conf': '[DEFAULT]\nbackend = polling\n[sshd]\nenabled = false\n[x]\nenabled = true\nfilter = x\nlogpath = /var/log/logins\nmaxretry = 2\naction = x\nbanaction = x\n',
    '/etc/fail2ban/filter.d/x.conf': '[Definition]\nfailregex = failure from <HOST>$\ndatepattern = {NONE}\n',
    '/etc/fail2ban/action.d/x.conf': '[Definition]\nactionban = touch /var/lib/fail2ban/banned-<ip>\nactionunban = true\n',
    '/var/log/logins': 'begin\n',
}
number = [1]


def ask():
    number[0] += 1
    append('/var/log/logins', f'failure from 192.0.2.{number[0] % 250 + 1}\n' * 5)
    fresh((glob.glob('/var/lib/fail2ban/banned-*') or ['/var/lib/fail2ban/banned'])[0])
