"""try.py SUITE ABORTS SEED [NAME...]: inside a booted Debian, `unitlint try` on services of /test/services, see try.sh."""
import concurrent.futures
import json
import math
import os
import random
import signal
import socketserver
import subprocess
import sys
import threading
import time

sys.path.insert(0, '/test')
from client import origin, run, systemctl
from matrix import prepared

UNITLINT = ['/test/node', '/test/dist/cli.js', 'try']
PORT = 8899
# No service works with any of them.
PLANTS = ['WorkingDirectory=/nonexistent/folder', 'BindPaths=/nonexistent/folder', 'LimitAS=1M', 'EnvironmentFile=/nonexistent/file', 'SupplementaryGroups=nonexistent',
          'InaccessiblePaths=/nonexistent/folder', 'SystemCallFilter=~@file-system @basic-io']
# What is not to be started by its name, does its work by a unit of another name, or is the manager's of a user.
LEFT = {'user-notes', 'fcgiwrap', 'socket-echo', 'openbsd-inetd', 'template-app'}


class Asker(socketserver.StreamRequestHandler):
    """Asks a service by its name, as its client does: `ok` or what was wrong."""

    def handle(self):
        name = self.rfile.readline().decode().strip()
        try:
            self.server.services[name].ask()
            self.wfile.write(b'ok\n')
        except Exception as error:
            self.wfile.write(repr(error)[:200].replace('\n', ' ').encode() + b'\n')


def serve(services):
    server = socketserver.ThreadingTCPServer(('127.0.0.1', PORT), Asker)
    server.daemon_threads = True
    server.services = {service.name: service for service in services}
    threading.Thread(target=server.serve_forever, daemon=True).start()


def check(service):
    return f"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{PORT}; echo {service.name} >&3; read -r answer <&3; [ \"$answer\" = ok ]'"


def tried(service, plants, *words):
    lines = [word for plant in plants for word in ('--line', plant)]
    return [*UNITLINT, service.unit, '--check', check(service), '--check-timeout', '15', '--format', 'json', *lines, *words]


def one(service, suite, seed):
    plants = random.Random(f'{seed} {service.name}').sample(PLANTS, 2)
    begun = time.monotonic()
    row = [suite, service.name]
    if service.starts.endswith('.service'):
        service.systemctl('start', service.unit)
    else:
        service.systemctl('start', service.starts)
    fault = service.unanswered()
    if fault:
        return row + [''] * 8 + [f'not asked: {fault}']
    done = run(*tried(service, plants, '--starts', '200'), timeout=1500)
    took = f'{time.monotonic() - begun:.0f}'
    if done.returncode:
        return row + [''] * 8 + [(done.stderr.strip() or done.stdout.strip()).replace('\n', ' ')[-300:]]
    report = json.loads(done.stdout)
    found = [one['line'] for one in report['culprits'] if not one['beside']]
    fault = service.fault()
    hits = sum(plant in found for plant in plants)
    culprits = len(report['culprits'])
    exposure = [f'{report["exposure"][when] / 10}' for when in ('before', 'after')]
    others = ', '.join(one['line'] + (f' (beside {" ".join(one["beside"])})' if one['beside'] else '') for one in report['culprits'] if one['line'] not in plants or one['beside'])
    return row + [str(report['tried']), str(culprits), str(len(plants)), str(hits), str(report['starts']), *exposure, took, f'breaks: {fault}' if fault else 'works', others]


def find(services, suite, seed):
    locks = {service.alone: threading.Lock() for service in services}

    def locked(service):
        with locks[service.alone]:
            try:
                return one(service, suite, seed)
            except Exception as error:
                return [suite, service.name, *[''] * 8, repr(error)]

    rows = []
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for done in concurrent.futures.as_completed([pool.submit(locked, service) for service in services]):
            rows.append(done.result())
            print(*rows[-1], sep='\t', flush=True)
    good = [row for row in rows if row[10] == 'works']
    planted, hits, starts, culprits = (sum(int(row[at]) for row in good) for at in (4, 5, 6, 3))
    within = sum(int(row[6]) <= 3 * math.log2(int(row[2])) * int(row[3]) for row in good)
    if good:
        before, after = (sum(float(row[at]) for row in good) / len(good) for at in (7, 8))
        print(f'== {suite}: {len(good)} of {len(rows)} work, mean exposure {before:.2f} to {after:.2f}; {hits} of {planted} planted found; '
              f'{starts / culprits:.1f} starts a culprit, {within} of {len(good)} within 3 log2(lines)', file=sys.stderr)
    return len(good) == len(rows) and hits == planted and within == len(good)


FOLDERS = ('/etc/systemd/system', '/run/systemd/system', '/run/unitlint')


def files():
    """All unit files that somebody may have written: path -> text, or where a link leads; folders too."""
    found = {}
    for top in FOLDERS:
        for folder, _, names in os.walk(top):
            found[folder] = 'folder'
            for name in names:
                path = os.path.join(folder, name)
                found[path] = os.readlink(path) if os.path.islink(path) else open(path, 'rb').read()
    return found


def state(service):
    shown = run('systemctl', 'show', '-p', 'ActiveState,LoadState,NeedDaemonReload,DropInPaths,FragmentPath', service.unit).stdout
    return dict(line.split('=', 1) for line in shown.splitlines())


HOWS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'pipe', 'service']


def abort(service, chance):
    """One trial cut short. Returns how, when, and what differs."""
    how = chance.choice(HOWS)
    service.systemctl('reset-failed', service.unit)
    active = chance.random() < 0.8
    service.systemctl('start' if active else 'stop', service.unit)
    before = files(), state(service)
    wait = chance.uniform(0.1, 6)
    client = subprocess.Popen(tried(service, PLANTS[:2], '--keep', 'none', '--starts', '12'), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True)
    time.sleep(wait)
    over = client.poll() is not None
    early = how == 'service' and not os.path.exists('/run/unitlint')
    if how == 'service':
        systemctl('kill', '--signal=SIGKILL', service.unit)
    elif how == 'pipe':
        client.stdout.close()
        client.stderr.close()
        client.send_signal(signal.SIGHUP)
    elif not over:
        client.send_signal(getattr(signal, how))
    client.wait(timeout=600)
    if how == 'SIGKILL':
        for _ in range(300):
            if not os.path.exists('/run/unitlint'):
                break
            time.sleep(0.1)
    after = files(), state(service)
    for path in sorted({*before[0], *after[0]}):
        if before[0].get(path) != after[0].get(path):
            return how, f'{wait:.2f}', f'{path} differs'
    for key in before[1]:
        # What was killed before it was looked at was not active.
        if early and key == 'ActiveState':
            continue
        if before[1][key] != after[1].get(key):
            return how, f'{wait:.2f}', f'{key} was {before[1][key]}, is {after[1].get(key)}'
    if active and not early:
        try:
            fault = service.unanswered()
        except Exception as error:
            fault = repr(error)
        if fault:
            return how, f'{wait:.2f}', fault
    return how, f'{wait:.2f}', 'as before' + (' (it was over)' if over else '')


def cut(services, count, seed):
    chance = random.Random(seed)
    good = 0
    for turn in range(count):
        service = services[turn % len(services)]
        how, wait, what = abort(service, chance)
        good += what.startswith('as before')
        print(service.name, how, wait, what, sep='\t', flush=True)
    print(f'== {good} of {count} aborts left all as before', file=sys.stderr)
    return good == count


def main():
    suite, aborts, seed, *names = sys.argv[1:]
    services = [service for service in prepared(names) if service.manager == 'system' and service.name not in LEFT and '@.' not in service.unit]
    origin()
    serve(services)
    sys.exit(0 if (cut(services, int(aborts), seed) if aborts != '0' else find(services, suite, seed)) else 1)


main()
