"""Backup's server, as root, that becomes a user and forks for each client: what a client sends by TLS is kept, listed and got back."""
import os
import time

from client import has, read, run, write

packages = 'boxbackup-server,boxbackup-client,openssl'
alone = 'boxbackup'
patience = 45
SETUP = """
set -e
id box 2>/dev/null || useradd -r box
mkdir -p /var/lib/box-store/backup /var/lib/box-client /srv/box
chown -R box /var/lib/box-store
rm -f /etc/boxbackup/raidfile.conf
raidfile-config /etc/boxbackup 4096 /var/lib/box-store
bbstored-config /etc/boxbackup localhost box
mkdir -p /root/box && cd /root/box
bbackupd-config /etc/boxbackup lazy 1234 localhost /var/lib/box-client /srv/box
for name in server client; do
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Backup system $name root" -keyout $name.key -out $name.pem
done
openssl x509 -req -sha256 -in /etc/boxbackup/bbstored/localhost-csr.pem -CA server.pem -CAkey server.key -CAcreateserial -days 30 -out /etc/boxbackup/bbstored/localhost-cert.pem
openssl x509 -req -sha256 -in /etc/boxbackup/bbackupd/1234-csr.pem -CA client.pem -CAkey client.key -CAcreateserial -days 30 -out /etc/boxbackup/bbackupd/1234-cert.pem
cp client.pem /etc/boxbackup/bbstored/clientCA.pem
cp server.pem /etc/boxbackup/bbackupd/serverCA.pem
sed -i 's/^UpdateStoreInterval.*/UpdateStoreInterval = 2/;s/^MinimumFileAge.*/MinimumFileAge = 1/;s/^MaxUploadWait.*/MaxUploadWait = 3/' /etc/boxbackup/bbackupd.conf
chown -R box /var/lib/box-store /etc/boxbackup/bbstored /etc/boxbackup/raidfile.conf
bbstoreaccounts create 1234 0 100M 200M
chown -R box /var/lib/box-store /etc/boxbackup/bbstored
"""


def setup():
    """The same store and client for both of its services, made once."""
    write('/srv/box/kept.txt', 'what is kept\n')
    if not os.path.exists('/root/box/made'):
        run('sh', '-c', SETUP, check=True, timeout=120)
        write('/root/box/made', '')


prepare = setup


def query(*commands):
    return run('bbackupquery', '-q', '-c', '/etc/boxbackup/bbackupd.conf', *commands, 'quit')


def kept(name):
    """Waits until a file is in the store, as it comes back."""
    until = time.monotonic() + 30
    while True:
        run('rm', '-rf', '/root/box/back')
        said = query('restore srv-box /root/box/back')
        if os.path.exists(f'/root/box/back/{name}'):
            return has(name, read(f'/root/box/back/{name}'))
        assert time.monotonic() < until, (said.stdout + said.stderr)[-150:]
        time.sleep(1)


def ask():
    name = f'at-{time.time_ns()}.txt'
    write(f'/srv/box/{name}', name)
    run('systemd-run', '-u', 'box-client', '--collect', 'bbackupd', '-F', '-c', '/etc/boxbackup/bbackupd.conf')
    try:
        kept(name)
    finally:
        run('systemctl', 'stop', 'box-client')
    os.unlink(f'/srv/box/{name}')
