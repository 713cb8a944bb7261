"""By D-Bus, packages by plugins: which is installed, and one of a file put in, with a user and a set-user-ID program, and taken away."""
import os

from client import has, run, write

packages = 'packagekit,packagekit-tools'
alone = 'dpkg'
patience = 60
control = 'ReadOnlyPaths=/var'


def prepare():
    write('/srv/pk/DEBIAN/control', 'Package: y-of-test\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x.test>\nDescription: x\n')
    write('/srv/pk/DEBIAN/postinst', '#!/bin/sh\nset -e\ncp /usr/bin/id /usr/bin/y-of-test\nchown nobody /usr/bin/y-of-test\nchmod 4755 /usr/bin/y-of-test\n')
    write('/srv/pk/usr/share/y-of-test', 'x\n')
    run('dpkg-deb', '-b', '/srv/pk', '/srv/y.deb', check=True)


def ask():
    has('bash', run('pkcon', '-p', '-y', 'resolve', 'bash', check=True).stdout)
    run('pkcon', '-p', '-y', '--allow-untrusted', 'install-local', '/srv/y.deb', check=True)
    assert os.stat('/usr/bin/y-of-test').st_mode & 0o4000
    run('dpkg', '-P', 'y-of-test', check=True)
    os.unlink('/usr/bin/y-of-test')
