"""trace.py WAY FOLDER [NAME...]: inside a booted Debian, logs of strace of the services of /test/services, one after the other.

WAY is `work` (started, reloaded where it can be, restarted, asked by its client each time, and stopped) or `start` (started, and no more). strace
is attached to PID 1, so that all that it starts is in the log beside the service; the options differ from service to service. Prints a tar of the
logs, packed, and says on standard error what went wrong.
"""
import os
import signal
import subprocess
import sys
import tarfile
import time

sys.path.insert(0, '/test')
import matrix
from client import origin, run, systemctl, write

OPTIONS = [['-f'], ['-f', '-y'], ['-f', '-yy', '-tt', '-T'], ['-f', '-ttt', '-s', '8'], ['-f', '-r', '-y'], ['-ff', '-t']]
SLOWLY = '[Service]\nTimeoutStartSec=300\nTimeoutStopSec=60\nTimeoutAbortSec=60\nWatchdogSec=0\n'


def traced(service, way, options, log):
    strace = subprocess.Popen(['strace', *options, '-o', log, '-p', '1'], stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    try:
        said = service.systemctl('start', service.starts)
        fault = said.stderr.strip().splitlines()[:1] if said.returncode else None
        if way == 'start':
            time.sleep(3)
            return fault
        fault = fault or service.unanswered()
        if not fault and service.reloads():
            service.systemctl('reload', service.starts)
            fault = service.unanswered()
        if not fault:
            service.systemctl('restart', service.starts)
            fault = service.unanswered()
        service.systemctl('stop', service.starts, service.unit.replace('@.', '@*.'))
        return fault
    finally:
        strace.send_signal(signal.SIGINT)
        strace.wait(30)
        service.systemctl('stop', service.starts, service.unit.replace('@.', '@*.'))


def main():
    way, *names = sys.argv[1:]
    out = os.fdopen(os.dup(1), 'wb')
    os.dup2(2, 1)
    services = matrix.prepared(names)
    origin()
    os.makedirs('/run/trace')
    with tarfile.open(fileobj=out, mode='w|') as tar:
        for at, service in enumerate(services):
            if service.manager != 'system':
                continue
            drop_in = f'/run/systemd/system/{service.unit}.d/zz-slowly.conf'
            write(drop_in, SLOWLY)
            systemctl('daemon-reload')
            service.patience *= 3
            log = f'/run/trace/{service.name}.strace'
            try:
                fault = traced(service, way, OPTIONS[at % len(OPTIONS)], log)
            except Exception as error:
                fault = repr(error)
            os.remove(drop_in)
            print(service.name, ' '.join(OPTIONS[at % len(OPTIONS)]), f'not traced: {fault}' if fault else 'traced', sep='\t', file=sys.stderr, flush=True)
            for name in sorted(os.listdir('/run/trace')):
                path = f'/run/trace/{name}'
                run('gzip', '-1', path)
                if not fault:
                    tar.add(f'{path}.gz', f'{service.name}/{name}.gz')
                os.remove(f'{path}.gz')


main()
