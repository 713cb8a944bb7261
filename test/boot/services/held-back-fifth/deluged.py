"""Files among equals, in Python, a user of its own: what it says of itself, and a file of ours that it is given to share."""
from client import has, run, write

packages = 'deluged,deluge-console'
patience = 60


def prepare():
    run('sh', '-c', 'mkdir -p /var/lib/deluged/config; echo "keeper:aword:10" > /var/lib/deluged/config/auth; chmod 600 /var/lib/deluged/config/auth; chown -R debian-deluged: /var/lib/deluged; mkdir -p /srv/files; chown debian-deluged /srv/files')
    address = 'http://127.0.0.1:1/announce'
    write('/srv/one.torrent', f'd8:announce{len(address)}:{address}4:infod6:lengthi1e4:name12:file-of-ours12:piece lengthi16384e6:pieces20:{"a" * 20}ee')


def ask():
    env = {'HOME': '/root', 'PATH': '/usr/sbin:/usr/bin', 'LC_ALL': 'C.UTF-8', 'TERM': 'dumb'}
    run('deluge-console', '-d', '127.0.0.1', '-U', 'keeper', '-P', 'aword', 'add -p /srv/files /srv/one.torrent', env=env)
    has('file-of-ours', run('deluge-console', '-d', '127.0.0.1', '-U', 'keeper', '-P', 'aword', 'info', env=env, check=True).stdout)
