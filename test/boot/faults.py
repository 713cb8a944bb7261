"""faults.py [NAME...]: inside a booted Debian, the tests of /test/faults/NAME.py, or of all files there.

A test is a function `test_...` of a file. It writes units (`units`), has systemd do things (`systemctl`), looks (`shown`, `journal`,
`until`), and asserts what it saw. Units of a test are stopped and taken away after it. Prints for each: file, test, and `ok` or what
was seen, separated by tabs; exits with 1 when one is not `ok`.
"""
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client import systemctl, write

FOLDER = '/run/systemd/system'
# None where there is no systemd, as where variants are only written.
VERSION = int(subprocess.run(['systemctl', '--version'], capture_output=True, text=True).stdout.split()[1]) if shutil.which('systemctl') else None
_written = []


def units(**texts):
    """Writes units by their names, with `__` for a dot and `_AT_` for an at sign; drop-ins with `write`. Has systemd read them."""
    for name, text in texts.items():
        unit = name.replace('_AT_', '@').replace('__', '.')
        write(f'{FOLDER}/{unit}', text)
        if unit not in _written:
            _written.append(unit)
    systemctl('daemon-reload')


def shown(unit, name):
    """A property of a unit, as `systemctl show` has it."""
    return systemctl('show', '-P', name, unit).stdout.strip()


def journal(unit):
    """What was said of a unit and by it."""
    return subprocess.run(['journalctl', '-q', '--no-pager', '-o', 'cat', '-u', unit], capture_output=True, text=True).stdout


def until(condition, seconds=10):
    """Whether something comes true within seconds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def main(names):
    sys.modules['faults'] = sys.modules['__main__']
    wrong = 0
    for path in sorted(glob.glob('/test/faults/*.py')):
        file = os.path.basename(path)[:-3]
        if names and file not in names:
            continue
        spec = importlib.util.spec_from_file_location(f'faults_{file}', path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, test in [(name, given) for name, given in vars(module).items() if name.startswith('test_')]:
            seen = outcome(test)
            wrong += seen != 'ok'
            print(file, name[5:].replace('_', ' '), seen, sep='\t', flush=True)
    return 1 if wrong else 0


def outcome(test):
    try:
        test()
        return 'ok'
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f'line {where.lineno}: {where.line}: {error!r}'.replace('\n', ' ')[:400]
    finally:
        systemctl('stop', *_written)
        systemctl('reset-failed')
        for unit in set(_written):
            os.remove(f'{FOLDER}/{unit}')
        _written.clear()
        systemctl('daemon-reload')


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
