"""packages.py units PACKAGE... | try WAY PACKAGE... | compare PLAIN AGAIN OTHER: services of packages that nobody wrote a client for.

In a booted Debian:
units: a tar of the services of these packages as they are installed (plain), with what activates them.
try WAY: all of them, with the drop-ins of /test/units/WAY, started, reloaded where they can be, restarted and stopped; prints as JSON how each is then:
         its state, its processes, what it listens on and answers there, the files that are new, and what its journal complains of.
         Jobs, which end by themselves (Type=oneshot, or started by a timer), are run twice each, one after the other, when the services are up:
         how they end, what they print, and the files that they make or change.

On the host:
compare: prints a line for each service and difference of OTHER that neither PLAIN nor AGAIN has, which are two runs without drop-ins.
"""
import glob
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import time

from client import COMPLAINTS, run

DROP_IN = '50-unitlint.conf'
FOLDER = '/etc/systemd/system'
QUESTIONS = b'GET / HTTP/1.0\r\nHost: localhost\r\n\r\n', b'HELP\r\nQUIT\r\n'
OWN = '/run/systemd', '/run/udev', '/run/log', '/run/user', '/run/credentials', '/run/host', '/var/log/journal', '/var/tmp', '/etc/systemd'
# What would end the boot or reach the kernel that is the host's too.
DANGEROUS = re.compile(r'^(systemd-|kexec|reboot|halt|poweroff|getty|console|rescue|emergency|udev|user@|apt-|dpkg-|e2scrub|fstrim|plymouth)')


def tried(*words):
    """Whether a command is done in time, and well."""
    try:
        return run(*words, timeout=25).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def shown(unit, name):
    return run('systemctl', 'show', '-P', name, unit).stdout.strip()


def services(packages):
    listed = run('dpkg-query', '-L', *packages).stdout.split('\n')
    names = {os.path.basename(path) for path in listed if re.search(r'/systemd/system/[^/@]+\.service$', path) and not os.path.islink(path)}
    return sorted(name for name in names if not DANGEROUS.match(name))


def plain(text):
    """Without what differs from run to run."""
    return re.sub(r'/tmp/[\w.-]+|0x[0-9a-fA-F]+|[0-9a-f]{8,}|[0-9]+', 'N', text)[:160].replace('\t', ' ')


def activating(service):
    """What starts it: of units that nobody has enabled systemd knows nothing before they are asked for by name."""
    stem = service.removesuffix('.service')
    beside = {f'{stem}.{kind}' for kind in ('timer', 'socket', 'path') if os.path.exists(f'/usr/lib/systemd/system/{stem}.{kind}')}
    return beside | set(shown(service, 'TriggeredBy').split())


def is_job(service):
    kept = shown(service, 'RemainAfterExit') == 'yes'
    by_timer = any(unit.endswith('.timer') for unit in activating(service))
    return not kept and (shown(service, 'Type') == 'oneshot' or by_timer)


def processes(unit):
    group = shown(unit, 'ControlGroup')
    found = []
    for path in glob.glob(f'/sys/fs/cgroup{group}/**/cgroup.procs', recursive=True) if group else ():
        found += read(path).split()
    return found


def read(path):
    try:
        with open(path, errors='replace') as file:
            return file.read()
    except OSError:
        return ''


def listening(pids):
    """(kind, port or path) of what some processes listen on, and the other sockets that have an address."""
    inodes = set()
    for pid in pids:
        for path in glob.glob(f'/proc/{pid}/fd/*'):
            try:
                inodes.update(re.findall(r'^socket:\[(\d+)\]', os.readlink(path)))
            except OSError:
                pass
    asked, others = set(), set()
    for name in 'tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6':
        for line in read(f'/proc/net/{name}').splitlines()[1:]:
            words = line.split()
            port = int(words[1].split(':')[1], 16)
            # What the kernel chose differs from run to run.
            if words[9] in inodes and port < 32768:
                if name.startswith('tcp') and words[3] == '0A':
                    asked.add((name, port))
                elif not name.startswith('tcp'):
                    others.add(f'{name}:{port}')
    for name, column in ('packet', -1), ('netlink', -1):
        for line in read(f'/proc/net/{name}').splitlines()[1:]:
            if line.split()[column] in inodes:
                others.add(name)
    for line in read('/proc/net/unix').splitlines()[1:]:
        words = line.split()
        if words[6] in inodes and len(words) > 7 and int(words[3], 16) & 0x10000:
            asked.add(('unix', words[7]))
    return asked, others


def answer(kind, place):
    said = []
    for question in QUESTIONS:
        try:
            if kind == 'unix':
                one = socket.socket(socket.AF_UNIX)
                address = '\0' + place[1:] if place.startswith('@') else place
            else:
                one = socket.socket(socket.AF_INET6 if kind == 'tcp6' else socket.AF_INET)
                address = ('::1' if kind == 'tcp6' else '127.0.0.1', place)
            one.settimeout(1.5)
            one.connect(address)
            one.sendall(question)
            got = b''
            try:
                while len(got) < 4000 and (more := one.recv(4000)):
                    got += more
            except TimeoutError:
                pass
            one.close()
            lines = got.decode('latin1').splitlines()
            said.append(plain(lines[0].encode('ascii', 'replace').decode()) if lines else '')
        except OSError as error:
            said.append(type(error).__name__)
    return said


def looked_at(unit):
    pids = processes(unit)
    asked, others = listening(pids)
    return {
        'state': [shown(unit, name) for name in ('ActiveState', 'Result', 'ExecMainStatus')],
        'processes': sorted({read(f'/proc/{pid}/comm').strip() for pid in pids} - {''}),
        'sockets': sorted({f'{kind}:{plain(place) if kind == "unix" else place}' for kind, place in asked} | others),
        'answers': {f'{kind}:{plain(place) if kind == "unix" else place}': answer(kind, place) for kind, place in sorted(asked, key=str)},
    }


def statuses(*tops):
    """Without what systemd keeps for itself."""
    for top in tops:
        for folder, folders, names in os.walk(top):
            if folder.startswith(OWN):
                folders[:] = []
                continue
            for name in names + folders:
                path = os.path.join(folder, name)
                try:
                    status = os.lstat(path)
                except OSError:
                    continue
                yield path, status


def files():
    listed = statuses('/etc', '/var', '/run', '/srv', '/opt', '/usr/local')
    return {plain(path): f'{status.st_mode:o} {status.st_uid}:{status.st_gid}' for path, status in listed}


def changes():
    """When each file and folder was changed last, wherever a job may write."""
    listed = statuses('/etc', '/var', '/run', '/srv', '/opt', '/usr', '/root', '/home', '/boot')
    return {path: (status.st_mtime_ns, status.st_size) for path, status in listed}


def worked(name):
    """How a job ends, and what it changes; what is at it for long, waiting for a network, is ended."""
    before = changes()
    try:
        run('systemctl', 'start', '--wait', name, timeout=25)
        state = [shown(name, key) for key in ('ActiveState', 'Result', 'ExecMainStatus')]
    except subprocess.TimeoutExpired:
        state = ['unfinished', '', '']
        tried('systemctl', 'stop', name)
    written = sorted({plain(path) for path, when in changes().items() if before.get(path) != when})
    return {'state': state, 'written': written}


def is_skipped(name):
    """Whether a condition was not met: the state of a unit does not tell, once it is unloaded."""
    said = run('journalctl', '--no-pager', '-o', 'cat', '_PID=1', f'UNIT={name}').stdout
    return 'was skipped because' in said or 'being skipped' in said


def printed(name):
    return sorted({plain(line) for line in run('journalctl', '--no-pager', '-o', 'cat', f'_SYSTEMD_UNIT={name}').stdout.splitlines()})


def units(names):
    with tarfile.open(fileobj=sys.stdout.buffer, mode='w|') as tar:
        for name in sorted({unit for service in names for unit in {service, *activating(service)}}):
            path = shown(name, 'FragmentPath')
            if path:
                add(tar, name, path)
            for path in shown(name, 'DropInPaths').split():
                add(tar, f'{name}.d/{os.path.basename(path)}', path)


def add(tar, name, path):
    with open(path, 'rb') as file:
        content = file.read()
    header = tarfile.TarInfo(name)
    header.size = len(content)
    tar.addfile(header, io.BytesIO(content))


def attempt(way, names):
    for path in glob.glob(f'/test/units/{way}/*.d/{DROP_IN}'):
        folder = f'{FOLDER}/{os.path.basename(os.path.dirname(path))}'
        os.makedirs(folder, exist_ok=True)
        shutil.copyfile(path, f'{folder}/{DROP_IN}')
    run('systemctl', 'daemon-reload')
    before = files()
    found = {name: {} for name in names}
    jobs = [name for name in names if is_job(name)]
    daemons = [name for name in names if name not in jobs]
    for action in 'start', 'restart':
        for name in daemons:
            tried('systemctl', action, name)
        time.sleep(5)
        for name in daemons:
            found[name][action] = looked_at(name)
        if action == 'start':
            after = files()
            for name in daemons:
                if shown(name, 'CanReload') == 'yes' and shown(name, 'ActiveState') == 'active':
                    found[name]['reload'] = tried('systemctl', 'reload', name)
            time.sleep(2)
        for name in daemons:
            found[name][f'after {action}'] = shown(name, 'ActiveState')
    for name in jobs:
        found[name] = {'first': worked(name), 'second': worked(name), 'printed': printed(name)}
    for name in daemons:
        tried('systemctl', 'stop', name)
        found[name]['stop'] = [shown(name, 'ActiveState'), shown(name, 'Result')]
    for name in names:
        found[name]['is skipped'] = is_skipped(name)
        said = run('journalctl', '--no-pager', '-o', 'cat', f'--unit={name}').stdout
        found[name]['complaints'] = sorted({plain(line) for line in said.splitlines() if COMPLAINTS.search(line)})
    print(json.dumps({'services': found, 'files': sorted(f'{path} {mode}' for path, mode in after.items() if before.get(path) != mode)}))


def works(found):
    state, result, status = found['first' if 'first' in found else 'start']['state']
    return not found['is skipped'] and (state == 'active' or (result, status) == ('success', '0'))


def differences_of_job(one, again, other):
    for turn in 'first', 'second':
        if other[turn]['state'] not in (one[turn]['state'], again[turn]['state']):
            yield f'{turn}: state: {one[turn]["state"]} became {other[turn]["state"]}'
        for path in sorted(set(one[turn]['written']) & set(again[turn]['written']) - set(other[turn]['written'])):
            yield f'{turn}: does not write {path}'
    for line in sorted(set(one['printed']) & set(again['printed']) - set(other['printed'])):
        yield f'does not print: {line}'
    yield from new_complaints(one, again, other)


def new_complaints(one, again, other):
    for complaint in sorted(set(other['complaints']) - set(one['complaints']) - set(again['complaints'])):
        yield f'complains: {complaint}'


def differences(one, again, other):
    """What is otherwise, and is not by chance: neither run without drop-ins has it so."""
    for action in 'start', 'restart':
        for what in 'state', 'processes', 'sockets':
            if other[action][what] not in (one[action][what], again[action][what]):
                yield f'{action}: {what}: {one[action][what]} became {other[action][what]}'
        for place, said in one[action]['answers'].items():
            if place in other[action]['answers'] and again[action]['answers'].get(place) == said != other[action]['answers'][place]:
                yield f'{action}: {place} answered {said}, and now {other[action]["answers"][place]}'
    for what in 'reload', 'after start', 'after restart', 'stop':
        if other.get(what) not in (one.get(what), again.get(what)):
            yield f'{what}: {one.get(what)} became {other.get(what)}'
    yield from new_complaints(one, again, other)


def compare(*paths):
    one, again, other = (json.loads(read(path)) for path in paths)
    for name, found in one['services'].items():
        if not works(found):
            print(name, 'does not work as installed', sep='\t')
            continue
        held = differences_of_job if 'first' in found else differences
        differing = list(held(found, again['services'][name], other['services'][name]))
        for difference in differing or ['works']:
            print(name, difference, sep='\t')
    for path in sorted(set(one['files']) & set(again['files']) - set(other['files'])):
        print('files', f'missing: {path}', sep='\t')


def main():
    mode, *rest = sys.argv[1:]
    if mode == 'units':
        units(services(rest))
    elif mode == 'try':
        attempt(rest[0], services(rest[1:]))
    else:
        compare(*rest)


if __name__ == '__main__':
    main()
