"""Socket activation, an instance a connection, Perl, as nobody: whether a host answers a ping, by ping itself, and what it notes."""
from client import fresh, run, talk

packages = 'perl,iputils-ping'
unit = 'ping-door@.service'
starts = 'ping-door.socket'
control = 'SystemCallFilter=~@network-io'
files = {
    '/etc/systemd/system/ping-door.socket': '[Unit]\nDescription=Whether a host is up\n\n[Socket]\nListenStream=127.0.0.1:8245\nAccept=yes\nMaxConnections=8\n\n[Install]\nWantedBy=sockets.target\n',
    '/etc/systemd/system/ping-door@.service': """[Unit]
Description=Whether a host is up, for %i

[Service]
User=daemon
ExecStart=-/usr/bin/perl -T /usr/local/lib/ping-door.pl
StandardInput=socket
StandardOutput=socket
StandardError=journal
""",
    '/usr/local/lib/ping-door.pl': """
use strict;
$ENV{PATH} = '/usr/bin:/bin';
my ($host) = (<STDIN> // '') =~ /^([\\w.:-]+)/ or exit 1;
open my $said, '-|', 'ping', '-c', '1', '-W', '2', $host or die;
my @lines = <$said>;
close $said;
open my $noted, '>>', '/var/spool/doors/asked' or die;
print $noted "$host\\n";
print $? ? "down\\n" : "up\\n";
""",
}


def prepare():
    run('sh', '-c', 'mkdir -p /var/spool/doors && chown daemon /var/spool/doors; echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range')


def ask():
    talk(8245, b'127.0.0.1\n', b'up')
    fresh('/var/spool/doors/asked')
