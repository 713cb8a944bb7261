"""Perl, a daemon as of old, that forks twice, locks itself by a file of /var/lock, writes its log in /var/log, and becomes nobody: lines by IPv6, and told to the system's log."""
import os
import signal

from client import read, run, talk

packages = 'perl'
control = 'RestrictAddressFamilies=~AF_INET6'
files = {
    '/etc/systemd/system/relay.service': """[Unit]
Description=LSB: relay of lines
After=network.target syslog.target

[Service]
Type=forking
PIDFile=/var/run/relay.pid
EnvironmentFile=-/etc/default/relay
ExecStart=/usr/local/sbin/relay $RELAY_OPTS
ExecReload=/bin/kill -HUP $MAINPID
ExecStop=/bin/kill -TERM $MAINPID

[Install]
WantedBy=multi-user.target
""",
    '/etc/default/relay': 'RELAY_OPTS="-p 909 -u nobody"\n',
    '/usr/local/sbin/relay': r"""#!/usr/bin/perl
use strict;
use POSIX qw(setsid setuid setgid);
use IO::Socket::IP;
use Sys::Syslog;
use Fcntl ':flock';
use Getopt::Std;
getopts('p:u:', \my %o);
open my $lock, '>', '/var/lock/relay.lock' or die "lock: $!";
flock $lock, LOCK_EX | LOCK_NB or die "runs already";
open my $log, '>>', '/var/log/relay.log' or die "log: $!";
$log->autoflush(1);
my $server = IO::Socket::IP->new(LocalHost => '::1', LocalPort => $o{p}, Listen => 5, ReuseAddr => 1) or die "listen: $@";
fork and exit;
setsid;
my $child = fork;
if ($child) { exit }
open my $pid, '>', '/var/run/relay.pid' or die;
print $pid "$$\n";
close $pid;
chdir '/';
open STDIN, '<', '/dev/null';
open STDOUT, '>', '/dev/null';
open STDERR, '>&', $log;
my ($uid, $gid) = (getpwnam $o{u})[2, 3];
$) = "$gid $gid";
setgid $gid;
setuid $uid;
openlog 'relay', 'ndelay,pid', 'daemon';
$SIG{HUP} = sub { print $log "again\n" };
while (1) {
  my $peer = $server->accept or next;
  my $line = <$peer>;
  print $log "$> $line";
  syslog 'info', 'relayed %s', $line;
  print $peer "relayed $line";
  close $peer;
}
""",
}


def ask():
    talk(909, b'a line\n', b'relayed a line', host='::1')
    pid = int(read('/var/run/relay.pid'))
    os.kill(pid, signal.SIGHUP)
    assert os.stat(f'/proc/{pid}').st_uid == 65534 and '65534 a line' in read('/var/log/relay.log')
    assert 'relayed a line' in run('journalctl', '-t', 'relay', '-o', 'cat').stdout
