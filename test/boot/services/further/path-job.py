"""A job that a folder starts, of a user's: what comes there is packed into another, in /srv, and told to root by the shell."""
import time

from client import USER, fresh, run, write

packages = 'gzip'
starts = 'path-job.path'
control = 'ReadOnlyPaths=/srv'
files = {
    '/etc/systemd/system/path-job.path': """[Path]
DirectoryNotEmpty=/srv/incoming

[Install]
WantedBy=multi-user.target
""",
    '/etc/systemd/system/path-job.service': f"""[Service]
Type=oneshot
User={USER}
ExecStart=/bin/sh -c 'for f in /srv/incoming/*; do gzip -c "$f" > "/srv/packed/$${{f##*/}}.gz" && rm "$f"; done'
ExecStopPost=/bin/sh -c 'date >> /srv/packed/log'
""",
}


def prepare():
    run('sh', '-c', f'mkdir -p /srv/incoming /srv/packed; chown {USER} /srv/incoming /srv/packed')


def ask():
    write('/srv/incoming/x', 'x')
    time.sleep(1)
    fresh('/srv/packed/x.gz', '/srv/packed/log')
