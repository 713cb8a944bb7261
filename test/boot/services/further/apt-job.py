"""A timer's job of our own, as root: packages brought up to date, one of which has a user, a set-user-ID program and a unit."""
import os

from client import run, write

control = 'ReadOnlyPaths=/usr'
patience = 60
alone = 'dpkg'
files = {
    '/etc/systemd/system/apt-job.service': """[Unit]
Description=Bring packages up to date
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
Environment=DEBIAN_FRONTEND=noninteractive
ExecStart=/usr/bin/apt-get update
ExecStart=/usr/bin/apt-get -y -o APT::Sandbox::User=root --allow-unauthenticated install x-of-test
""",
    '/srv/build/DEBIAN/control': 'Package: x-of-test\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x.test>\nDescription: x\n',
    '/srv/build/DEBIAN/postinst': '#!/bin/sh\nset -e\ncp /usr/bin/id /usr/bin/id-of-test\nchown nobody /usr/bin/id-of-test\nchmod 4755 /usr/bin/id-of-test\nmkdir -p /var/lib/of-test && chown nobody /var/lib/of-test\nuseradd -r oftest || true\nsystemctl daemon-reload\n',
    '/srv/build/usr/share/of-test': 'x\n',
}


def prepare():
    run('dpkg-deb', '-b', '/srv/build', '/srv/repo.deb', check=True)
    os.makedirs('/srv/repo', exist_ok=True)
    os.rename('/srv/repo.deb', '/srv/repo/x-of-test_1_all.deb')
    size = os.path.getsize('/srv/repo/x-of-test_1_all.deb')
    sum_ = run('sha256sum', '/srv/repo/x-of-test_1_all.deb').stdout.split()[0]
    write('/srv/repo/Packages', f'Package: x-of-test\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x.test>\nDescription: x\nFilename: ./x-of-test_1_all.deb\nSize: {size}\nSHA256: {sum_}\n')
    run('sh', '-c', 'rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*')
    write('/etc/apt/sources.list', 'deb [trusted=yes] file:/srv/repo ./\n')


def ask():
    assert os.stat('/usr/bin/id-of-test').st_mode & 0o4000
    assert os.path.exists('/usr/share/of-test')
    run('id', 'oftest', check=True)
    run('dpkg', '-P', 'x-of-test', check=True)
    os.unlink('/usr/bin/id-of-test')
    run('userdel', 'oftest')
