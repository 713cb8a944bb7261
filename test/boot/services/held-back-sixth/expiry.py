"""A timer's job in Perl, as root: whose password ends soon by /etc/shadow, how much each home holds, told in the day's message, in each home, and by mail through sendmail."""
import os
import time

from client import USER, fresh, read, run, write

packages = 'perl,msmtp-mta,netcat-openbsd'
starts = 'expiry.timer'
control = 'ProtectHome=yes'
files = {
    '/etc/systemd/system/expiry.service': """[Unit]
Description=Tell users what ends soon

[Service]
Type=oneshot
ExecStart=/etc/expiry/expiry.pl
""",
    '/etc/systemd/system/expiry.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=1s\nAccuracySec=100ms\n\n[Install]\nWantedBy=timers.target\n',
    '/etc/expiry/expiry.pl': r"""#!/usr/bin/perl
use strict;
open my $shadow, '<', '/etc/shadow' or die "shadow: $!";
my $count = 0;
while (<$shadow>) {
  my ($name, $word, $changed, undef, $most) = split /:/;
  next if $word =~ /^[*!]/ and $most eq '';
  my ($uid, $gid, $home) = (getpwnam $name)[2, 3, 7];
  next unless $uid >= 1000 and -d $home and $uid < 60000;
  my ($size) = `du -sk $home` =~ /^(\d+)/;
  open my $note, '>', "$home/.expiry" or die "note: $!";
  print $note "$size kB, ends after $most days\n";
  close $note;
  chown $uid, $gid, "$home/.expiry" or die;
  open my $mail, '|-', "/usr/sbin/sendmail -t" or die;
  print $mail "To: $name\@localhost\nFrom: root\@localhost\nSubject: expiry\n\n$size\n";
  close $mail or die "mail";
  $count++;
}
open my $day, '>', '/etc/motd.expiry' or die;
print $day "$count users\n";
close $day;
rename '/etc/motd.expiry', '/etc/motd';
system 'wall', '-t', '1', "$count users";
""",
    '/etc/msmtprc': 'account default\nhost 127.0.0.1\nport 8409\nfrom root@localhost\n',
}
SERVER = """
import socketserver
class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda line: self.wfile.write(line + b'\\r\\n')
        say(b'220 here'); data = False
        for line in self.rfile:
            word = line[:4].upper()
            if data:
                open('/root/mails', 'ab').write(line)
                if line.strip() == b'.': data = False; say(b'250 taken')
            elif word == b'DATA': data = True; say(b'354 go')
            elif word == b'QUIT': say(b'221 bye'); return
            else: say(b'250 ok')
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(('127.0.0.1', 8409), Mail).serve_forever()
"""


def prepare():
    write('/root/mailserver.py', SERVER)
    run('systemd-run', '-u', 'expiry-mail', 'python3', '/root/mailserver.py')
    run('chage', '-M', '30', USER)


def ask():
    time.sleep(2)
    assert 'users' in read('/etc/motd') and 'kB, ends after 30 days' in read(f'/home/{USER}/.expiry')
    assert os.stat(f'/home/{USER}/.expiry').st_uid == 1000 and 'Subject: expiry' in read('/root/mails')
    fresh('/etc/motd', f'/home/{USER}/.expiry', '/root/mails')
