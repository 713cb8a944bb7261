"""A timer's job in Perl, as root: whose password ends soon by /etc/shadow, how much each home holds, told in the day's message, in each home, and by mail through sendmail."""
import os
import time

from client import USER, fresh, mailbox, read, run

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
told = []


def prepare():
    mailbox(8409, told)
    run('chage', '-M', '30', USER)


def ask():
    time.sleep(2)
    assert 'users' in read('/etc/motd') and 'kB, ends after 30 days' in read(f'/home/{USER}/.expiry')
    assert os.stat(f'/home/{USER}/.expiry').st_uid == 1000 and any(b'Subject: expiry' in letter for letter in told)
    fresh('/etc/motd', f'/home/{USER}/.expiry')
    told.clear()
