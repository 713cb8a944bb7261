#!/usr/bin/python3
"""Backs up under a unit, restores without it, and compares. Runs inside the booted system; backup.sh starts it."""
import argparse
import hashlib
import os
import pathlib
import shutil
import stat
import subprocess
import sys

UNIT = 'restic-backup.service'
UNITS = pathlib.Path('/run/systemd/system')
REPOSITORY = '/srv/backup/repo'
REMOTE = 'sftp:keeper@127.0.0.1:/srv/keeper/repo'
RESTORED = '/srv/restored'
SOURCES = ['/home', '/etc']

SCRIPT = '''#!/bin/sh
set -eu
restic cat config >/dev/null 2>&1 || restic init
restic backup --quiet /home /etc
restic forget --quiet --keep-daily 7 --prune
restic check
'''

SSH_CONFIG = '''Host 127.0.0.1
  IdentityFile /etc/restic/key
  UserKnownHostsFile /etc/restic/known_hosts
  BatchMode yes
'''


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--repository', choices=['local', 'sftp'], default='local')
    parser.add_argument('--each', type=pathlib.Path)
    parser.add_argument('--expect', choices=['works', 'breaks'], default='works')
    parser.add_argument('unit', type=pathlib.Path)
    options = parser.parse_args()

    prepare(options.repository)
    unexpected = 0
    for lines in extras(options.each):
        wrong = attempt(options.unit, lines, options.repository)
        verdict = 'breaks' if wrong else 'works'
        unexpected += verdict != options.expect
        print('\t'.join([verdict, '; '.join(lines) or options.unit.name, wrong or 'restored files equal the originals']), flush=True)
    sys.exit(1 if unexpected else 0)


def extras(path):
    """The assignments to add to the unit, one list a run; a run without any when there is no list."""
    if path is None:
        return [[]]
    lines = [line.strip() for line in path.read_text().splitlines()]
    return [line.split('; ') for line in lines if line and not line.startswith('#')]


def prepare(repository):
    """Make the users, the files to back up, the script and the place for the repository."""
    run('useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', 'restic')
    for user in ('anna', 'bert'):
        run('useradd', '--create-home', user)
        fill(f'/home/{user}', user)
    shutil.chown('/srv', 'root', 'root')
    make_folder('/srv/backup', 'restic', 0o700)
    make_folder('/etc/restic', 'restic', 0o750, owner='root')
    make_file('/etc/restic/password', b'correct horse battery staple\n', 'restic', 0o640, owner='root')
    make_file('/usr/local/bin/restic-backup', SCRIPT.encode(), 'root', 0o755)
    if repository == 'sftp':
        prepare_sftp()


def prepare_sftp():
    """Let the user restic log in on the loopback interface as keeper, who keeps the repository."""
    run('useradd', '--create-home', '--home-dir', '/srv/keeper', 'keeper')
    run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/etc/restic/key')
    make_folder('/srv/keeper/.ssh', 'keeper', 0o700)
    make_file('/srv/keeper/.ssh/authorized_keys', pathlib.Path('/etc/restic/key.pub').read_bytes(), 'keeper', 0o600)
    shutil.chown('/etc/restic/key', 'restic', 'restic')
    host_key = pathlib.Path('/etc/ssh/ssh_host_ed25519_key.pub')
    if not host_key.exists():
        run('ssh-keygen', '-A')
    make_file('/etc/restic/known_hosts', b'127.0.0.1 ' + host_key.read_bytes(), 'restic', 0o644, owner='root')
    make_file('/etc/ssh/ssh_config.d/backup.conf', SSH_CONFIG.encode(), 'root', 0o644)
    run('systemctl', 'start', 'ssh.service')


def fill(home, user):
    """Files of every kind that a backup may get wrong."""
    os.chmod(home, 0o700)
    make_folder(f'{home}/secret', user, 0o700)
    make_file(f'{home}/secret/key', os.urandom(3000), user, 0o600)
    make_file(f'{home}/secret/unreadable', b'not even by its owner\n', user, 0o000)
    make_file(f'{home}/with spaces and "quotes".txt', b'spaces\n', user, 0o644)
    make_file(f'{home}/Grüße 日本.txt', 'Grüße\n'.encode(), user, 0o640)
    make_file(os.fsencode(home) + b'/line\nbreak and byte \xff', b'odd name\n', user, 0o644)
    make_file(f'{home}/empty', b'', user, 0o644)
    make_file(f'{home}/large', os.urandom(5_000_000), user, 0o644)
    make_folder(f'{home}/shared', user, 0o2750)
    make_file(f'{home}/shared/tool', b'#!/bin/sh\n', user, 0o755)
    os.symlink('../secret/key', f'{home}/shared/link')
    os.symlink('/nowhere', f'{home}/dangling')
    os.link(f'{home}/shared/tool', f'{home}/shared/same tool')
    os.link(f'{home}/secret/key', f'{home}/key')
    os.mkfifo(f'{home}/pipe', 0o600)
    with open(f'{home}/sparse', 'wb') as file:
        file.seek(20_000_000)
        file.write(b'the end')
    shutil.chown(f'{home}/sparse', user, user)


def make_folder(path, group, mode, owner=None):
    os.makedirs(path, exist_ok=True)
    shutil.chown(path, owner or group, group)
    os.chmod(path, mode)


def make_file(path, content, group, mode, owner=None):
    with open(path, 'wb') as file:
        file.write(content)
    shutil.chown(path, owner or group, group)
    os.chmod(path, mode)


def attempt(unit, lines, repository):
    """Run the unit with some lines added, restore as root; the reason why it is broken, or None."""
    reset(repository)
    install(unit, lines, repository)
    before = inventory('')
    started = run('systemctl', 'start', UNIT, check=False)
    if started.returncode != 0:
        return f'start: {why()}'
    place = '/srv/keeper/repo' if repository == 'sftp' else REPOSITORY
    restored = run('restic', '--repo', place, '--password-file', '/etc/restic/password', '--no-cache', '--no-lock',
                   'restore', 'latest', '--target', RESTORED, check=False)
    if restored.returncode != 0:
        return f'restore: {last_line(restored.stderr)}'
    return difference(before, inventory(RESTORED))


def reset(repository):
    """Forget every earlier run."""
    run('systemctl', 'reset-failed', UNIT, check=False)
    for path in (REPOSITORY, '/srv/keeper/repo', '/var/cache/restic-backup', RESTORED):
        shutil.rmtree(path, ignore_errors=True)
    os.mkdir(RESTORED, 0o700)


def install(unit, lines, repository):
    """Install the unit, its own drop-ins, and the lines of this run, in this order of precedence."""
    dropins = UNITS / f'{UNIT}.d'
    shutil.rmtree(dropins, ignore_errors=True)
    UNITS.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(unit, UNITS / UNIT)
    beside = unit.with_name(f'{unit.name}.d')
    if beside.is_dir():
        shutil.copytree(beside, dropins)
    dropins.mkdir(exist_ok=True)
    if repository == 'sftp':
        (dropins / 'zz-80-repository.conf').write_text(f'[Service]\nEnvironment=RESTIC_REPOSITORY={REMOTE}\n')
    if lines:
        (dropins / 'zz-90-added.conf').write_text('\n'.join(['[Service]', *lines, '']))
    run('systemctl', 'daemon-reload')


def why():
    """Systemd's verdict on the last run, and the last thing that the service said."""
    shown = run('systemctl', 'show', '--property=Result,ExecMainCode,ExecMainStatus,InvocationID', UNIT).stdout
    properties = dict(line.split('=', 1) for line in shown.decode().splitlines())
    said = run('journalctl', '--quiet', '--output=cat', '--no-pager', f'_SYSTEMD_INVOCATION_ID={properties["InvocationID"]}', check=False)
    return f'{properties["Result"]}, status {properties["ExecMainStatus"]}: {last_line(said.stdout)}'


def inventory(root):
    """Everything below the sources as it lies under root: path -> what a backup must preserve."""
    entries = {}
    first_of_inode = {}
    for source in SOURCES:
        top = os.fsencode(root + source)
        paths = {top} | {os.path.join(folder, name) for folder, folders, files in os.walk(top) for name in folders + files}
        for path in sorted(paths):
            name = path[len(os.fsencode(root)):]
            entries[name] = entry(path, name, first_of_inode)
    return entries


def entry(path, name, first_of_inode):
    status = os.lstat(path)
    kind = stat.S_IFMT(status.st_mode)
    content = None
    if kind == stat.S_IFREG:
        with open(path, 'rb') as file:
            content = hashlib.file_digest(file, 'sha256').hexdigest()
    elif kind == stat.S_IFLNK:
        content = os.readlink(path)
    same_as = first_of_inode.setdefault(status.st_ino, name) if kind != stat.S_IFDIR else name
    return {'mode': oct(status.st_mode), 'owner': (status.st_uid, status.st_gid), 'modified': status.st_mtime_ns,
            'content': content, 'same as': same_as}


def difference(before, after):
    """The first thing that the restored tree has wrong, or None."""
    missing = sorted(before.keys() - after.keys())
    if missing:
        return f'restored: {len(missing)} of {len(before)} missing, the first is {os.fsdecode(missing[0])!r}'
    added = sorted(after.keys() - before.keys())
    if added:
        return f'restored: unexpected {os.fsdecode(added[0])!r}'
    for name, was in before.items():
        for what, value in was.items():
            if after[name][what] != value:
                return f'restored: {what} of {os.fsdecode(name)!r} is {after[name][what]}, not {value}'
    return None


def last_line(output):
    lines = [line for line in output.decode(errors='replace').splitlines() if line.strip()]
    return lines[-1][:200] if lines else 'no output'


def run(*command, check=True):
    return subprocess.run(command, check=check, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


main()
