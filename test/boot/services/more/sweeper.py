"""A timer's job of our own, as root: what is old is swept out of all homes and /tmp, what is left is told to their owners."""
import os

from client import USER, fresh, run, write

starts = 'sweeper.timer'
control = 'ProtectHome=read-only'
patience = 30
files = {
    '/etc/systemd/system/sweeper.service': """[Unit]
Description=Sweep

[Service]
Type=oneshot
Nice=10
ExecStart=/usr/local/sbin/sweep
""",
    '/etc/systemd/system/sweeper.timer': """[Timer]
OnActiveSec=1s
OnUnitInactiveSec=1s
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
    '/usr/local/sbin/sweep': """#!/usr/bin/perl
use strict;
for my $folder (glob('/home/*/.cache/sweep /tmp/sweep')) {
  for my $file (glob("$folder/*")) { unlink $file if -M $file > 1 }
  my @stat = stat $folder or next;
  open my $told, '>', "$folder.told" or die "$folder: $!";
  close $told;
  chown $stat[4], $stat[5], "$folder.told" or die $!;
}
""",
}
HOME = f'/home/{USER}/.cache/sweep'


def prepare():
    again()
    write('/tmp/sweep/x', 'x')


def again():
    write(f'{HOME}/x', 'x')
    run('touch', '-d', '3 days ago', f'{HOME}/x')
    run('chown', '-R', USER, f'/home/{USER}/.cache')


def ask():
    assert os.stat(f'{HOME}.told').st_uid == 1000
    fresh(f'{HOME}.told', '/tmp/sweep.told')
    assert not os.path.exists(f'{HOME}/x')
    again()
