"""Perl, as root, in a loop: figures of /proc and /sys, of the disks and of networks, in a file for a collector."""
import os
import time

from client import has, read

packages = 'perl'
control = 'ReadOnlyPaths=/var/lib/node_exporter'
files = {
    '/etc/systemd/system/sensord.service': """[Unit]
Description=Sensors for the textfile collector

[Service]
ExecStart=/usr/local/bin/sensord.pl --interval 1 --out /var/lib/node_exporter/textfile_collector/sensors.prom
Restart=always
Nice=10

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/bin/sensord.pl': r"""#!/usr/bin/perl
use strict;
use warnings;
use Getopt::Long;
use File::Basename;
use File::Path qw(make_path);
use POSIX qw(uname);

my ($interval, $out) = (15, '-');
GetOptions('interval=i' => \$interval, 'out=s' => \$out) or die;
make_path(dirname($out));

sub slurp {
  my ($path) = @_;
  open my $file, '<', $path or return '';
  local $/;
  my $text = <$file>;
  $text = '' unless defined $text;
  chomp $text;
  return $text;
}

while (1) {
  my @lines;
  my ($load) = split ' ', slurp('/proc/loadavg');
  push @lines, "sensors_load $load";
  my $running = grep { m{^/proc/\d+$} } glob '/proc/[0-9]*';
  push @lines, "sensors_processes $running";
  for my $zone (glob '/sys/class/thermal/thermal_zone*') {
    my $value = slurp("$zone/temp");
    push @lines, sprintf 'sensors_temperature{zone="%s"} %.1f', basename($zone), $value / 1000 if $value =~ /^\d+$/;
  }
  for my $card (glob '/sys/class/net/*') {
    push @lines, sprintf 'sensors_rx_bytes{card="%s"} %s', basename($card), slurp("$card/statistics/rx_bytes");
  }
  for (`df -P -x devtmpfs 2>/dev/null`) {
    my ($device, undef, undef, undef, $used, $at) = split;
    push @lines, sprintf 'sensors_disk_used{at="%s"} %d', $at, $used if $used =~ s/%//;
  }
  push @lines, sprintf 'sensors_kernel{release="%s"} 1', (uname())[2];
  my ($entropy) = slurp('/proc/sys/kernel/random/entropy_avail');
  push @lines, "sensors_entropy $entropy";
  my $sessions = () = `who`;
  push @lines, "sensors_sessions $sessions";
  open my $file, '>', "$out.$$" or die "$out: $!";
  print $file "$_\n" for @lines;
  close $file;
  rename "$out.$$", $out or die $!;
  sleep $interval;
}
""",
}


def ask():
    path = '/var/lib/node_exporter/textfile_collector/sensors.prom'
    if os.path.exists(path):
        os.unlink(path)
    time.sleep(1.5)
    said = read(path)
    for word in ('sensors_load ', 'sensors_rx_bytes{card="lo"}', 'sensors_disk_used{at="/"}', 'sensors_kernel{', 'sensors_sessions'):
        has(word, said)
    count = int(said.split('sensors_processes ')[1].split()[0])
    assert count > 10, count
