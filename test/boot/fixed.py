"""fixed.py list | write FOLDER COMMAND TARGET [KIND...] | run FOLDER [KIND...]: units with faults, and what fixes of rules make of them.

A kind, a function of fixed/*.py with `@proves(RULE, VARIANTS)`, is ten units or more with a fault of which a rule has a fix, and a look: whether a
unit does what was meant. `write` puts the units into FOLDER/before, and into FOLDER/after as the built command fixes them, with
`--fix --unsafe-fixes --fix-only RULE`, and the first suggestion where there is no other fix. `run`, inside a booted Debian, looks at each: as
written it does not do what was meant, as fixed it is loaded and does. `list` prints rule, kind and number of variants, separated by tabs.
"""
import concurrent.futures
import glob
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, f'{HERE}/faults']

from client import run, systemctl

KINDS = []
SYSTEM, USER = '/run/systemd/system', '/home/u/.config/systemd/user'


class Kind:
    def __init__(self, rule, variants, look, told):
        self.rule, self.look = rule, look
        self.name = look.__name__
        self.shows = told.get('shows', True)
        self.user = told.get('user', False)
        self.together = told.get('together', False)
        self.one_by_one = told.get('one_by_one', False)
        self.needs = told.get('needs')
        self.variants = [self.variant(at, given) for at, given in enumerate(variants)]
        assert len(self.variants) >= 10, f'{self.name} has {len(self.variants)} variants'

    def variant(self, at, given):
        files, *more = given if isinstance(given, tuple) else (given,)
        name = f'{self.name.replace("_", "-")}-{at}'
        files = {'NAME.service': files} if isinstance(files, str) else files
        return name, {key.replace('NAME', name): text.replace('NAME', name) for key, text in files.items()}, more


def proves(rule, variants, **told):
    """Makes a look a kind. A variant is the text of `NAME.service`, or texts by file names, in a tuple with what else the look is called with
    after the name; NAME stands for the variant's own. The look answers whether a unit does what was meant.

    `shows=False`: the fault changes nothing that can be seen, and the unit does what was meant before and after. `user=True`: units of a user's
    manager. `together=True`: the look has the list of all variants' arguments, and answers a list. `one_by_one=True`: not all at once.
    `needs=PATTERN`: left out where there is no such file.
    """
    def made(look):
        KINDS.append(Kind(rule, variants, look, told))
        return look
    return made


def load(names):
    """The kinds of these names, of rules of these names, or all."""
    sys.modules['fixed'] = sys.modules['__main__']
    for path in sorted(glob.glob(f'{HERE}/fixed/*.py')):
        spec = importlib.util.spec_from_file_location(f'fixed_{os.path.basename(path)[:-3]}', path)
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return [kind for kind in KINDS if not names or kind.name in names or kind.rule in names]


def listed(names):
    for kind in load(names):
        print(kind.rule, kind.name, len(kind.variants), sep='\t')
    return 0


def written(folder, command, target, *names):
    """Exit status 1 when a unit is not fixed."""
    missed = 0
    for kind in load(names):
        for state in 'before', 'after':
            os.makedirs(f'{folder}/{state}/{kind.name}')
            for _, files, _ in kind.variants:
                for file, text in files.items():
                    with open(f'{folder}/{state}/{kind.name}/{file}', 'w') as out:
                        out.write(text)
        called = ['node', command, '--no-config', '--target', target, *(['--user'] if kind.user else []), f'{folder}/after/{kind.name}']
        subprocess.run([*called, '--fix', '--unsafe-fixes', '--fix-only', kind.rule], capture_output=True)
        suggested(kind, subprocess.run([*called, '-f', 'json'], capture_output=True, text=True).stdout)
        for name, files, _ in kind.variants:
            if all(text == open(f'{folder}/after/{kind.name}/{file}').read() for file, text in files.items()):
                print('not fixed', kind.rule, name, sep='\t')
                missed = 1
    return missed


def suggested(kind, report):
    for result in json.loads(report):
        fixes = [message['fix'] for message in result['messages'] if message['ruleId'] == kind.rule and 'fix' in message]
        if not fixes:
            continue
        with open(result['filePath'], encoding='utf-8') as file:
            text = file.read()
        for edit in sorted(fixes[0]['edits'], key=lambda edit: -edit['range'][0]):
            start, end = edit['range']
            text = text[:start] + edit['text'] + text[end:]
        with open(result['filePath'], 'w', encoding='utf-8') as file:
            file.write(text)


def looked(folder, *names):
    """Exit status 1 when a unit is not as expected."""
    wrong = 0
    for kind in load(names):
        if kind.needs and not glob.glob(kind.needs):
            print(kind.rule, kind.name, 'left out', f'no {kind.needs}', sep='\t', flush=True)
            continue
        for state, expected in [('before', not kind.shows), ('after', True)]:
            seen = outcomes(kind, f'{folder}/{state}/{kind.name}')
            others = [f'{name}: {was}' for name, was in seen if was is not expected]
            wrong += len(others)
            print(kind.rule, kind.name, state, f'{len(seen) - len(others)} of {len(seen)}', *others, sep='\t', flush=True)
    return 1 if wrong else 0


def outcomes(kind, folder):
    """Of each variant whether it does what was meant, or what went wrong."""
    target = USER if kind.user else SYSTEM
    if kind.user:
        with_user()
    files = os.listdir(folder)
    for file in files:
        os.makedirs(target, exist_ok=True)
        shutil.copy(f'{folder}/{file}', target)
    manager = 'user' if kind.user else 'system'
    systemctl('daemon-reload', manager=manager)
    arguments = [(name, *more) for name, _, more in kind.variants]
    names = [name for name, *_ in arguments]
    try:
        if folder.split('/')[-2] == 'after':
            refused = [file for file in files if '@' not in file and systemctl('show', '-P', 'LoadState', file, manager=manager).stdout.strip() != 'loaded']
            if refused:
                return [(file, 'not loaded') for file in refused]
        if kind.together:
            return list(zip(names, kind.look(arguments), strict=True))
        with concurrent.futures.ThreadPoolExecutor(1 if kind.one_by_one else 12) as pool:
            return list(zip(names, pool.map(lambda given: outcome(kind.look, given), arguments), strict=True))
    finally:
        systemctl('kill', '--signal=KILL', *files, manager=manager)
        systemctl('stop', *[f'{name}*' for name in names], *files, manager=manager)
        systemctl('reset-failed', manager=manager)
        for file in files:
            os.remove(f'{target}/{file}')
        systemctl('daemon-reload', manager=manager)


def outcome(look, given):
    try:
        return look(*given)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f'line {where.lineno}: {error!r}'.replace('\n', ' ')[:300]


def with_user():
    if not os.path.exists('/home/u'):
        run('useradd', '-m', '-u', '1000', 'u')
        os.makedirs(USER)
        run('chown', '-R', 'u:u', '/home/u')
        systemctl('start', 'user@1000.service')


if __name__ == '__main__':
    verb, *rest = sys.argv[1:]
    sys.exit(listed(rest) if verb == 'list' else written(*rest) if verb == 'write' else looked(*rest))
