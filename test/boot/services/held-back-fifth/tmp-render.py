"""Perl, a user's, from a shop's folder in /opt with its logs there: asked by its socket in /tmp, as its settings say, by another program."""
import os
import socket

from client import USER, has, run

packages = 'perl'
control = 'PrivateTmp=yes'
files = {
    '/etc/systemd/system/tmp-render.service': f"""[Unit]
Description=Renders pages
After=network.target

[Service]
User={USER}
WorkingDirectory=/opt/render
ExecStart=/opt/render/bin/renderd --config /opt/render/etc/render.conf
StandardOutput=append:/opt/render/logs/out.log
StandardError=inherit
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/opt/render/etc/render.conf': 'socket=/tmp/render.sock\nlog=/opt/render/logs/render.log\n',
    '/opt/render/bin/renderd': """#!/usr/bin/perl
use strict;
use IO::Socket::UNIX;
open my $settings, '<', $ARGV[1] or die;
my %is = map { chomp; split /=/, $_, 2 } <$settings>;
unlink $is{socket};
my $server = IO::Socket::UNIX->new(Local => $is{socket}, Listen => 5) or die "socket: $!";
chmod 0666, $is{socket};
open my $log, '>>', $is{log} or die;
while (my $peer = $server->accept) {
  my $word = <$peer>;
  syswrite $log, $word;
  print $peer "<p>$word</p>";
  close $peer;
}
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /opt/render/logs; chown -R {USER} /opt/render')


def ask():
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(5)
        peer.connect('/tmp/render.sock')
        peer.sendall(b'a word\n')
        has(b'<p>a word', peer.recv(100))
    assert os.path.getsize('/opt/render/logs/render.log')
