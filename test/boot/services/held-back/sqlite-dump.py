"""A timer's job of a user, a pipe in the unit: a database dumped and packed."""
from client import USER, fresh, run

packages = 'sqlite3,gzip'
starts = 'sqlite-dump.timer'
control = 'ReadOnlyPaths=/var/backups'
DUMP = '/var/backups/site/dump.sql.gz'
files = {
    '/etc/systemd/system/sqlite-dump.service': f"""[Unit]
Description=Dump the site's database

[Service]
Type=oneshot
User={USER}
WorkingDirectory=/srv/site
ExecStart=/bin/sh -c 'sqlite3 site.db .dump | gzip > {DUMP}'
""",
    '/etc/systemd/system/sqlite-dump.timer': '[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=2s\nAccuracySec=1s\n',
    '/srv/site/x': '',
    '/var/backups/site/x': '',
}


def prepare():
    run('sqlite3', '/srv/site/site.db', 'create table t (a); insert into t values (42)', check=True)
    run('chown', '-R', USER, '/srv/site', '/var/backups/site')


def ask():
    said = run('zcat', DUMP, check=True).stdout
    assert '42' in said, said
    fresh(DUMP)
