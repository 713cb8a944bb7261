"""Perl, as root at port 514: lines of other hosts by UDP, a file for each, for those who read logs, turned over when it is told to."""
import os
import socket
import stat
import time

from client import has, read, run

packages = 'perl'
control = 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'
files = {
    '/etc/systemd/system/netlog.service': """[Unit]
Description=Log collector
After=network.target

[Service]
ExecStart=/usr/local/sbin/netlog --port 514 --dir /var/log/remote
ExecReload=/usr/local/sbin/netlog-rotate
Restart=always
UMask=0027

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/sbin/netlog-rotate': """#!/bin/sh
# Turn over what is there, and have netlog open it anew.
for file in /var/log/remote/*.log; do
  [ -s "$file" ] || continue
  mv "$file" "$file.1"
  gzip -f "$file.1"
done
systemctl kill -s HUP --kill-whom=main netlog.service
""",
    '/usr/local/sbin/netlog': r"""#!/usr/bin/perl
use strict;
use warnings;
use Getopt::Long;
use IO::Socket::INET;
use POSIX qw(strftime);
use Socket;

GetOptions('port=i' => \my $port, 'dir=s' => \my $dir) or die;
mkdir $dir, 0750;
my $gid = getgrnam 'adm';
chown 0, $gid, $dir;
chmod 02750, $dir;
my %open;
$SIG{HUP} = sub { %open = () };
my $socket = IO::Socket::INET->new(LocalPort => $port, Proto => 'udp') or die "port $port: $!";
while (1) {
  my $peer = $socket->recv(my $line, 8192);
  next unless defined $peer;
  my (undef, $address) = sockaddr_in($peer);
  my $name = inet_ntoa($address);
  $line =~ s/^<\d+>//;
  $line =~ s/\s+$//;
  unless ($open{$name}) {
    open my $file, '>>', "$dir/$name.log" or do { warn "$dir/$name.log: $!"; next };
    chown 0, $gid, "$dir/$name.log";
    chmod 0640, "$dir/$name.log";
    $file->autoflush(1);
    $open{$name} = $file;
  }
  print { $open{$name} } strftime('%FT%T', localtime), " $line\n";
}
""",
}


def send(word):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.sendto(f'<13>app: {word}'.encode(), ('127.0.0.1', 514))
    time.sleep(0.3)


def ask():
    path = '/var/log/remote/127.0.0.1.log'
    word = f'w{time.monotonic_ns()}'
    send(word)
    has(word, read(path))
    kept, folder = os.stat(path), os.stat('/var/log/remote')
    assert kept.st_gid == 4 and stat.S_IMODE(kept.st_mode) == 0o640, kept
    assert folder.st_gid == 4 and stat.S_IMODE(folder.st_mode) == 0o2750, oct(folder.st_mode)
    run('systemctl', 'reload', 'netlog', check=True)
    time.sleep(0.3)
    has(word, run('zcat', f'{path}.1.gz', check=True).stdout)
    send('after')
    has('after', read(path))
