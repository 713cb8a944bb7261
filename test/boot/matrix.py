"""matrix.py units|write PRESET TARGET|try WAY [NAME...]: inside a booted Debian, for the services of /test/services, one file each.

units: a tar of the units, with what activates them, as they are installed (plain/system, plain/user), and of the controls' drop-ins (control).
write PRESET TARGET: a tar of the drop-ins that unitlint writes here for units of the system, with all files of the machine in sight.
try WAY: each service with the drop-ins of /test/units/WAY, started, reloaded where it can be, and restarted, asked by its client each time; prints a line for each:
         set, name, unit, and `works` or `breaks: REASON`, separated by tabs; and a line for each thing that its journal complains of: `#`, set, name, the complaint.

What stands in a service's file: services/README.md.
"""
import concurrent.futures
import glob
import importlib.util
import io
import os
import re
import shutil
import sys
import tarfile
import threading
import time

sys.path.insert(0, '/test')
from client import COMPLAINTS, USER, origin, run, systemctl, write

DROP_IN = '50-unitlint.conf'
FOLDERS = {'system': '/etc/systemd/system', 'user': f'/home/{USER}/.config/systemd/user'}


class Service:
    def __init__(self, path):
        self.set, self.name = path[:-3].split('/')[-2:]
        spec = importlib.util.spec_from_file_location(self.name.replace('-', '_'), path)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        given = lambda name, default: getattr(self.module, name, default)
        self.unit = given('unit', f'{self.name}.service')
        self.starts = given('starts', self.unit)
        self.manager = given('manager', 'system')
        self.files = given('files', {})
        self.prepare = given('prepare', lambda: None)
        self.ask = self.module.ask
        self.control = given('control', 'PrivateNetwork=yes')
        self.alone = given('alone', self.name)
        self.patience = given('patience', 20)
        self.reload = given('reload', True)

    def systemctl(self, *words):
        return systemctl(*words, manager=self.manager)

    def shown(self, unit, name):
        return self.systemctl('show', '-P', name, unit.replace('@.', '@any.')).stdout.strip()

    def ready(self):
        try:
            for path, text in self.files.items():
                write(path, text)
            self.prepare()
        except Exception as error:
            print(f'{self.name}: not prepared: {error!r}', file=sys.stderr)

    def texts(self):
        """Path below the folder of the manager's units -> text, of the unit, its drop-ins, and the sockets, timers and paths that start it."""
        for unit in [self.unit, *(self.shown(self.unit, 'TriggeredBy') or self.starts).split()]:
            path = self.shown(unit, 'FragmentPath')
            if path:
                yield unit, read(path)
            for path in self.shown(unit, 'DropInPaths').split():
                yield f'{unit}.d/{os.path.basename(path)}', read(path)

    def reloads(self):
        return self.reload and self.starts.endswith('.service') and self.shown(self.starts, 'CanReload') == 'yes'

    def fault(self):
        """What is wrong with it: not to be started, stopped or asked. None when it works."""
        try:
            for action in ('start', 'reload', 'restart'):
                if action == 'reload' and not self.reloads():
                    continue
                said = self.systemctl(action, self.starts)
                fault = said.stderr.strip().splitlines()[:1] if said.returncode else self.unanswered()
                if fault:
                    return f'{action}: {fault}'
        finally:
            self.systemctl('stop', self.starts, self.unit.replace('@.', '@*.'))
        return None

    def complaints(self):
        """What its journal says went wrong, with what differs from run to run left out."""
        unit = '--user-unit' if self.manager == 'user' else '--unit'
        said = run('journalctl', '--no-pager', '-o', 'cat', f'{unit}={self.unit.replace("@.", "@*.")}').stdout
        return sorted({re.sub(r'/tmp/[\w.]+|0x[0-9a-f]+|[0-9]+', 'N', line.replace('\t', ' '))[:200] for line in said.splitlines() if COMPLAINTS.search(line)})

    def unanswered(self):
        until = time.monotonic() + self.patience
        while True:
            try:
                return self.ask()
            except Exception as error:
                if time.monotonic() > until:
                    return (repr(error) if str(error) else type(error).__name__)[:200].replace('\n', ' ').replace('\t', ' ')
                time.sleep(0.25)


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def units(services):
    with tarfile.open(fileobj=sys.stdout.buffer, mode='w|') as tar:
        seen = set()

        def add(path, content):
            if path not in seen:
                seen.add(path)
                header = tarfile.TarInfo(path)
                header.size = len(content)
                tar.addfile(header, io.BytesIO(content))

        for service in services:
            for path, content in service.texts():
                add(f'plain/{service.manager}/{path}', content)
                add(f'control/{service.manager}/{path}', content)
            section = '' if service.control.startswith('[') else '[Service]\n'
            add(f'control/{service.manager}/{service.unit}.d/{DROP_IN}', f'{section}{service.control}\n'.encode())


def written(services, preset, target):
    for service in services:
        if service.manager == 'system':
            run('/test/node', '/test/dist/cli.js', '--no-config', '--target', target, '--preset', preset, '--root', '/', '--fix', '--fix-to', 'dropin', service.unit)
    with tarfile.open(fileobj=sys.stdout.buffer, mode='w|') as tar:
        for path in glob.glob(f'{FOLDERS["system"]}/*.d/{DROP_IN}'):
            tar.add(path, os.path.relpath(path, FOLDERS['system']))


def install(way):
    for manager, folder in FOLDERS.items():
        for source in glob.glob(f'/test/units/{way}/{manager}/*.d/{DROP_IN}'):
            target = f'{folder}/{os.path.basename(os.path.dirname(source))}/{DROP_IN}'
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(source, target)
        systemctl('daemon-reload', manager=manager)


def attempt(services, workers):
    """A few at a time; those that share a port, say, after each other."""
    locks = {service.alone: threading.Lock() for service in services}

    def one(service):
        with locks[service.alone]:
            try:
                return service, service.fault()
            except Exception as error:
                return service, repr(error)

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for done in concurrent.futures.as_completed([pool.submit(one, service) for service in services]):
            service, fault = done.result()
            print(service.set, service.name, service.unit, f'breaks: {fault}' if fault else 'works', sep='\t', flush=True)
            for complaint in service.complaints():
                print('#', service.set, service.name, complaint, sep='\t', flush=True)


def prepared(names):
    """The services of these names, or all, stopped and ready to be started."""
    services = [Service(path) for path in sorted(glob.glob('/test/services/*/*.py'))]
    services = [service for service in services if not names or service.name in names]
    run('useradd', '-m', '-u', '1000', USER)
    # Else the first logout of one of its sessions ends its manager.
    run('loginctl', 'enable-linger', USER)
    run('systemctl', 'start', 'user@1000.service')
    for service in services:
        service.ready()
    for folder in FOLDERS.values():
        os.makedirs(folder, exist_ok=True)
    run('chown', '-R', f'{USER}:{USER}', f'/home/{USER}')
    for manager in FOLDERS:
        systemctl('daemon-reload', manager=manager)
    for service in services:
        service.systemctl('stop', service.starts)
    return services


def main():
    mode, *rest = sys.argv[1:]
    words = {'units': 0, 'write': 2, 'try': 1}[mode]
    services = prepared(rest[words:])
    if mode == 'units':
        return units(services)
    if mode == 'write':
        return written(services, *rest[:words])
    origin()
    install(rest[0])
    # What is broken mostly waits.
    attempt(services, 16 if rest[0] == 'control' else 4)


if __name__ == '__main__':
    main()
