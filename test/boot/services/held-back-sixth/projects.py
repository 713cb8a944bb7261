"""Perl, as root, told by a pipe in /run: folders for groups, set-group-ID and with lists of access, and a program that is given a capability."""
import os
import stat
import time

from client import run

packages = 'perl,acl,libcap2-bin'
control = 'RestrictSUIDSGID=yes'
files = {
    '/etc/systemd/system/projects.service': """[Unit]
Description=Folders of projects

[Service]
ExecStart=/usr/local/sbin/projects
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/sbin/projects': r"""#!/usr/bin/perl
use strict;
use POSIX;
mkfifo '/run/projects', 0622 unless -p '/run/projects';
while (1) {
  open my $pipe, '<', '/run/projects' or die "pipe: $!";
  while (my $name = <$pipe>) {
    chomp $name;
    $name =~ /^\w+$/ or next;
    system 'groupadd', '-f', "p-$name";
    my $gid = getgrnam "p-$name";
    mkdir "/srv/projects/$name";
    chown 0, $gid, "/srv/projects/$name";
    chmod 02770, "/srv/projects/$name" or warn "mode: $!";
    system 'setfacl', '-m', 'u:www-data:rx', "/srv/projects/$name";
    system 'cp', '/bin/true', "/srv/projects/$name/serve";
    system 'setcap', 'cap_net_bind_service+ep', "/srv/projects/$name/serve";
  }
}
""",
}


def prepare():
    run('mkdir', '-p', '/srv/projects')


def ask():
    run('timeout', '3', 'sh', '-c', 'echo moon > /run/projects', check=True)
    time.sleep(1)
    found = os.stat('/srv/projects/moon')
    assert stat.S_IMODE(found.st_mode) & stat.S_ISGID and found.st_gid >= 1000, oct(found.st_mode)
    assert 'user:www-data:r-x' in run('getfacl', '-p', '/srv/projects/moon').stdout
    assert 'cap_net_bind_service' in run('getcap', '/srv/projects/moon/serve').stdout
    run('sh', '-c', 'rm -r /srv/projects/moon; groupdel p-moon')
