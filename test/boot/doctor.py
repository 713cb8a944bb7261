#!/usr/bin/python3
"""What the journal says of services that fail, inside a booted system: the rows of test/doctor/*.jsonl, on standard output.

  with-systemd.sh --packages python3,util-linux --bind DIR:/io -- python3 /io/doctor.py healthy SEED
      services that fail by their own fault, among lines that harden and do no harm
  with-systemd.sh --packages LIST --bind DIR:/io -- [env UNITLINT=/io/cli.js] python3 /io/doctor.py broken JOBS.py MEASURED.tsv SET COUNT SEED
      jobs that one option broke when they were measured, each with that option among others that the job bears. JOBS.py defines the
      jobs (`J`), the options (`O`), and how both are set up; MEASURED.tsv has a row for each that broke.
  with-systemd.sh --packages LIST --bind DIR:/io --bind .../matrix.py:/test/matrix.py --bind .../client.py:/test/client.py --bind .../services/SET:/test/services/SET -- python3 /io/doctor.py daemons SEED COUNT [NAME...]
      services of the matrix (services/README.md), each broken by up to COUNT lines, one at a time, among others that it bears

A row is kept only where the service does its work without the line that is to blame. Where UNITLINT names the built command, in a system
that has Node, the row tells which remedy that proposes first, and whether the service works with it.
"""
import json, os, random, re, subprocess, sys, time

UNITS = '/run/systemd/system/'

def sh(command):
    return subprocess.run(command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout

def attempt(name, text):
    """Start a unit and wait for its end: how it ended, and what was logged of it."""
    open(UNITS + name, 'w').write(text)
    sh('systemctl daemon-reload')
    cursor = sh('journalctl -n0 --show-cursor -q').strip().split('cursor: ')[-1]
    sh('timeout 30 systemctl start ' + name)
    state = {}
    for _ in range(100):
        state = dict(l.split('=', 1) for l in sh('systemctl show %s -p ActiveState,Result,ExecMainStatus' % name).splitlines() if '=' in l)
        if state.get('ActiveState') in ('failed', 'inactive'):
            break
        time.sleep(.1)
    sh('journalctl --sync')
    # By either field: `-u` asks for more that has to be written in time.
    lines = sh('journalctl -o json --no-pager -q --after-cursor="%s" _SYSTEMD_UNIT=%s + UNIT=%s' % (cursor, name, name))
    sh('systemctl stop %s; systemctl reset-failed %s; rm -f %s%s' % (name, name, UNITS, name))
    return state, kept(json.loads(l) for l in lines.splitlines() if l.startswith('{'))

def kept(entries):
    """What a diagnosis reads, without the third and further of lines that differ in names and numbers alone."""
    seen, rows = {}, []
    for e in entries:
        m = e.get('MESSAGE')
        m = bytes(m).decode('utf8', 'replace') if isinstance(m, list) else m
        if m is None:
            continue
        like = re.sub(r'/[\w.@+~-]+(?=[^\w/.@+~-]|$)', '/', re.sub(r'\d+', '0', m))
        seen[like] = seen.get(like, 0) + 1
        if seen[like] > 2:
            continue
        unit = {'UNIT': e['UNIT']} if 'UNIT' in e else {'_SYSTEMD_UNIT': e['_SYSTEMD_UNIT']} if '_SYSTEMD_UNIT' in e else {}
        rows.append({'MESSAGE': m[:300], 'SYSLOG_IDENTIFIER': e.get('SYSLOG_IDENTIFIER', ''), **unit})
    return rows

def tell(row):
    print(json.dumps(row, ensure_ascii=False), flush=True)

# Services that fail by their own fault.
CASES = [
 ('missing-program', ['ExecStart=/usr/bin/nonesuch --serve']),
 ('missing-program-opt', ['ExecStart=/opt/app/bin/server']),
 ('not-executable', ['ExecStart=/srv/app/noexec.sh']),
 ('bad-interpreter', ['ExecStart=/srv/app/badinterp']),
 ('garbage', ['ExecStart=/srv/app/garbage']),
 ('missing-config', ['ExecStart=/bin/sh -c "cat /etc/app/missing.conf"']),
 ('missing-data', ['ExecStart=/usr/bin/python3 -c "open(\'/var/lib/app/missing.db\')"']),
 ('missing-dir', ['ExecStart=/usr/bin/python3 -c "import os; os.listdir(\'/srv/data\')"']),
 ('bad-json', ['ExecStart=/usr/bin/python3 -c "import json; json.load(open(\'/etc/app/app.json\'))"']),
 ('bad-ini', ['ExecStart=/usr/bin/python3 -c "import configparser as c; c.ConfigParser().read_file(open(\'/etc/app/app.ini\'))"']),
 ('bad-sqlite', ['ExecStart=/usr/bin/python3 -c "import sqlite3; sqlite3.connect(\'/var/lib/app/db\').execute(\'select 1 from sqlite_master\')"']),
 ('secret', ['User=u', 'ExecStart=/bin/cat /var/lib/app/secret']),
 ('secret-py', ['User=u', 'ExecStart=/usr/bin/python3 -c "open(\'/var/lib/app/secret\')"']),
 ('locked', ['User=u', 'ExecStart=/usr/bin/touch /var/lib/app/locked/x']),
 ('locked-ls', ['User=u', 'ExecStart=/bin/ls /var/lib/app/locked']),
 ('write-foreign', ['User=u', 'ExecStart=/usr/bin/touch /var/lib/app/new']),
 ('write-srv', ['User=u', 'ExecStart=/bin/sh -c "echo x > /srv/app/log"']),
 ('mkdir-foreign', ['User=u', 'ExecStart=/bin/mkdir /var/lib/newdir']),
 ('log-foreign', ['User=u', 'ExecStart=/bin/sh -c "exec >>/var/log/app.log; echo hi"']),
 ('pid-foreign', ['User=u', 'ExecStart=/bin/sh -c "echo 1 > /run/app.pid"']),
 ('port-80-user', ['User=u', 'ExecStart=/usr/bin/python3 -c "import socket; socket.create_server((\'127.0.0.1\', 80))"']),
 ('port-taken', ['ExecStart=/usr/bin/python3 -c "import socket; a=socket.create_server((\'127.0.0.1\', 8111)); b=socket.socket(); b.bind((\'127.0.0.1\', 8111))"']),
 ('refused', ['ExecStart=/usr/bin/python3 -c "import socket; socket.create_connection((\'127.0.0.1\', 5432))"']),
 ('refused-curl', ['ExecStart=/usr/bin/curl -sS http://127.0.0.1:8222/']),
 ('unix-missing', ['ExecStart=/usr/bin/python3 -c "import socket; s=socket.socket(socket.AF_UNIX); s.connect(\'/run/app/app.sock\')"']),
 ('resolve', ['ExecStart=/usr/bin/curl -sS http://db.internal.invalid/']),
 ('crash', ['ExecStart=/bin/sh -c "kill -SEGV $$$$"']),
 ('crash-py', ['ExecStart=/usr/bin/python3 -c "import ctypes; ctypes.string_at(0)"']),
 ('abort', ['ExecStart=/usr/bin/python3 -c "import os; os.abort()"']),
 ('assert', ['ExecStart=/usr/bin/python3 -c "assert False, \'inconsistent state\'"']),
 ('exit-1', ['ExecStart=/bin/false']),
 ('exit-2', ['ExecStart=/bin/sh -c "exit 2"']),
 ('exit-text', ['ExecStart=/bin/sh -c "echo fatal: configuration invalid >&2; exit 3"']),
 ('usage', ['ExecStart=/usr/bin/curl --nonesuch']),
 ('usage-ls', ['ExecStart=/bin/ls --nonesuch']),
 ('import', ['ExecStart=/usr/bin/python3 -c "import nonesuch"']),
 ('syntax', ['ExecStart=/usr/bin/python3 -c "def"']),
 ('shell-syntax', ['ExecStart=/bin/sh -c "if then"']),
 ('no-command', ['ExecStart=/bin/sh -c "nonesuch --go"']),
 ('no-module', ['ExecStart=/usr/bin/python3 -m nonesuch']),
 ('killed', ['ExecStart=/bin/sh -c "kill -KILL $$$$"']),
 ('timeout', ['Type=notify', 'TimeoutStartSec=2', 'ExecStart=/bin/sleep 60']),
 ('fork-timeout', ['Type=forking', 'TimeoutStartSec=2', 'ExecStart=/bin/sleep 60']),
 ('watchdog', ['Type=simple', 'WatchdogSec=1', 'ExecStart=/bin/sleep 60']),
 ('start-limit', ['Restart=always', 'RestartSec=0.1', 'ExecStart=/bin/false']),
 ('no-user', ['User=nonesuch', 'ExecStart=/bin/true']),
 ('no-group', ['Group=nonesuch', 'ExecStart=/bin/true']),
 ('no-chdir', ['WorkingDirectory=/opt/app', 'ExecStart=/bin/true']),
 ('no-env', ['EnvironmentFile=/etc/app/env', 'ExecStart=/bin/true']),
 ('no-stdin', ['StandardInput=file:/etc/app/in', 'ExecStart=/bin/cat']),
 ('pre-fails', ['ExecStartPre=/bin/sh -c "test -e /etc/app/ready || { echo not ready >&2; exit 1; }"', 'ExecStart=/bin/true']),
 ('reload-file', ['ExecStart=/bin/sh -c ". /etc/app/missing.sh"']),
 ('chmod-foreign', ['User=u', 'ExecStart=/bin/chmod 600 /var/lib/app/secret']),
 ('chown-user', ['User=u', 'ExecStart=/bin/chown root /home/u']),
 ('kill-foreign', ['User=u', 'ExecStart=/bin/kill 1']),
 ('mount-user', ['User=u', 'ExecStart=/bin/mount -t tmpfs none /mnt']),
 ('cert', ['ExecStart=/usr/bin/python3 -c "import ssl; ssl.create_default_context(cafile=\'/etc/app/ca.pem\')"']),
 ('cert-bad', ['ExecStart=/usr/bin/python3 -c "import ssl; ssl.create_default_context(cafile=\'/etc/app/app.json\')"']),
 ('disk-full', ['ExecStart=/bin/sh -c "echo x > /dev/full"']),
 ('is-dir', ['ExecStart=/bin/cat /etc']),
 ('lock', ['ExecStart=/bin/sh -c "exec 9>/run/app.lock; flock -n 9; flock -n /run/app.lock true || { echo already running >&2; exit 1; }"']),
 ('rmdir', ['ExecStart=/bin/rmdir /etc/app']),
 ('long-name', ['ExecStart=/usr/bin/python3 -c "open(\'/var/lib/app/\'+\'x\'*300,\'w\')"']),
 ('fd', ['ExecStart=/usr/bin/python3 -c "import os; os.read(77,1)"']),
 ('recursion', ['ExecStart=/usr/bin/python3 -c "f=lambda: f(); f()"']),
]
HARMLESS = '''ProtectClock=yes|ProtectKernelModules=yes|ProtectHostname=yes|LockPersonality=yes|RestrictRealtime=yes|ProtectKernelLogs=yes|ProtectKernelTunables=yes|ProtectSystem=full|ProtectSystem=yes|PrivateTmp=yes|RestrictSUIDSGID=yes
MemoryDenyWriteExecute=yes|RestrictNamespaces=yes|ProtectHome=read-only|ProtectHome=yes|ProtectHome=tmpfs|PrivateDevices=yes|NoNewPrivileges=yes|CapabilityBoundingSet=~CAP_SYS_TIME CAP_SYS_MODULE CAP_SYS_BOOT|ProtectControlGroups=yes|ProtectProc=invisible
SystemCallArchitectures=native|RemoveIPC=yes|UMask=0077|KeyringMode=private|PrivateIPC=yes|RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6|PrivateMounts=yes|LimitMEMLOCK=64K|TasksMax=100|LimitNOFILE=1024'''.replace('\n','|').split('|')
FILTERS = ['SystemCallFilter=~@clock @module @reboot @swap @raw-io @cpu-emulation @obsolete\nSystemCallErrorNumber=EPERM', 'SystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM', 'SystemCallFilter=@system-service']

def healthy(seed):
    open('/etc/passwd','a').write('u:x:1000:1000::/home/u:/bin/sh\n'); open('/etc/group','a').write('u:x:1000:\n')
    sh('mkdir -p /home/u /var/lib/app /srv/app /etc/app; chown u:u /home/u; echo s > /var/lib/app/secret; chmod 600 /var/lib/app/secret; mkdir /var/lib/app/locked; chmod 700 /var/lib/app/locked; echo "{bad" > /etc/app/app.json; printf "[a\\n" > /etc/app/app.ini; printf "#!/bin/sh\\nexit 0\\n" > /srv/app/noexec.sh; printf "#!/usr/bin/nonesuch\\n" > /srv/app/badinterp; chmod 755 /srv/app/badinterp; printf "not elf" > /srv/app/garbage; chmod 755 /srv/app/garbage; head -c 100000 /dev/urandom > /var/lib/app/db')
    random.seed(int(seed))
    for at, (job, lines) in enumerate(CASES):
        own = lines if any(l.startswith(('Type=', 'Restart=')) for l in lines) else ['Type=' + ('oneshot' if at % 2 else 'exec')] + lines
        unit = lambda more: '[Unit]\nDescription=App\n\n[Service]\n' + '\n'.join(own + more) + '\n'
        plain, _ = attempt('plain%d.service' % at, unit([]))
        names, harmless = set(), []
        for line in random.sample(HARMLESS, len(HARMLESS)):
            if line.split('=')[0] not in names:
                names.add(line.split('=')[0])
                harmless.append(line)
            if len(harmless) >= random.randint(3, 8):
                break
        if random.random() < .5:
            harmless.append(random.choice(FILTERS))
        state, journal = attempt('app%d.service' % at, unit(harmless))
        if plain.get('Result') == state.get('Result'):
            tell({'job': job, 'unit': unit(harmless), 'journal': journal})

def remedy(text, journal):
    os.makedirs('/run/doctor', exist_ok=True)
    open('/run/doctor/a.service', 'w').write(text)
    open('/run/doctor/log', 'w').write('\n'.join(json.dumps({k: v for k, v in e.items() if k not in ('UNIT', '_SYSTEMD_UNIT')} | ({'UNIT': 'a.service'} if 'UNIT' in e else {'_SYSTEMD_UNIT': 'a.service'})) for e in journal))
    said = subprocess.run(['node', os.environ['UNITLINT'], 'doctor', '/run/doctor/a.service', '--no-config', '--target', '257', '-f', 'json', '--journal', '/run/doctor/log'], stdout=subprocess.PIPE, text=True).stdout
    causes = json.loads(said)['causes'] if said else []
    return causes[0].get('fix') if causes else None

def edited(text, before, fix):
    """The same change to a text that differs in the number of the run alone."""
    numbers = re.search(r'ID=(\d+)', before).group(1), re.search(r'ID=(\d+)', text).group(1)
    lines = before
    for edit in sorted(fix['edits'], key=lambda e: -e['range'][0]):
        lines = lines[:edit['range'][0]] + edit['text'] + lines[edit['range'][1]:]
    return re.sub(r'(ID=|needs/)%s\b' % numbers[0], r'\g<1>' + numbers[1], lines)

def broken(jobs_file, measured, rootfs, count, seed):
    world = {'__name__': 'jobs'}
    source = open(jobs_file).read()
    sys.argv = [jobs_file, '/dev/null', rootfs]
    exec(compile(source[:source.index('def merge(files)')], jobs_file, 'exec'), world)
    os.makedirs('/opt/needs-jobs', exist_ok=True)
    for job in world['J']:
        open(world['path'](job), 'w').write(job['script'] + '\n')
    world['setup']()
    by_name, options = {job['name']: job for job in world['jobs']}, {o[0]: o for o in world['O']}
    pairs = set()
    for row in (l.rstrip('\n').split('\t') for l in open(measured) if l.startswith('BROKEN\t')):
        for user in row[4].split('+'):
            pairs.add((row[3], user, row[5]))
    random.seed(int(seed))
    candidates = sorted(p for p in pairs if p[0] in by_name and p[2] in options)
    random.shuffle(candidates)
    most, of_option = max(4, int(count) // 60), {}
    for name, user, label in candidates:
        if of_option.get(label, 0) >= most or sum(of_option.values()) >= int(count):
            continue
        of_option[label] = of_option.get(label, 0) + 1
        job, guilty = by_name[name], options[label][1]
        names, wanted, harmless = {d.split('=')[0] for d in guilty}, random.randint(3, 8), []
        for other in random.sample(world['O'], len(world['O'])):
            bears = user[0] in other[2] and (name, user, other[0]) not in pairs and len(other[1]) == 1
            if bears and not re.search('DynamicUser|SystemCallFilter', other[0]) and other[1][0].split('=')[0] not in names and len(harmless) < wanted:
                names.add(other[1][0].split('=')[0])
                harmless += other[1]
        def run(lines, change=None):
            number, folder, environment = world['begin'](job, user)
            text = '\n'.join(
                ['[Unit]', 'Description=Job ' + name, '', '[Service]', 'Type=' + (job['typ'] or 'exec'), 'TimeoutStartSec=6', 'RuntimeMaxSec=8', 'TimeoutStopSec=2', 'LimitCORE=0']
                + (['User=u'] if user == 'u' else []) + ['Environment=LC_ALL=C.UTF-8 ID=%d W=%s' % (number, folder), *job['props'], 'ExecStart=' + ' '.join(world['argv'](job)), *lines, ''])
            text = change(text) if change else text
            state, journal = attempt('doc-%d.service' % number, text)
            after = world['end'](job, folder, environment)
            world['clean'](folder)
            return state.get('Result') == 'success' and state.get('ExecMainStatus') == '0' and after == 0, text, journal
        if not run(harmless)[0]:
            continue
        at = random.randint(0, len(harmless))
        works, text, journal = run(harmless[:at] + guilty + harmless[at:])
        if not works:
            fix = remedy(text, journal) if 'UNITLINT' in os.environ else None
            tried = {'remedy': fix and fix['title'], 'cured': bool(fix) and run(harmless[:at] + guilty + harmless[at:], lambda its: edited(its, text, fix))[0]} if 'UNITLINT' in os.environ else {}
            tell({**tried, 'job': name, 'user': user, 'option': label, 'guilty': guilty, 'unit': text, 'journal': journal})

LINES = '''ProtectSystem=strict|ProtectSystem=full|ProtectHome=yes|ProtectHome=tmpfs|ProtectHome=read-only|PrivateTmp=yes|PrivateDevices=yes|PrivateNetwork=yes|PrivateUsers=yes|PrivateIPC=yes|PrivateMounts=yes
ProtectKernelTunables=yes|ProtectKernelModules=yes|ProtectKernelLogs=yes|ProtectControlGroups=yes|ProtectClock=yes|ProtectHostname=yes|ProtectProc=invisible|ProcSubset=pid|NoNewPrivileges=yes|RestrictSUIDSGID=yes|RestrictRealtime=yes|RestrictNamespaces=yes|LockPersonality=yes|MemoryDenyWriteExecute=yes|SystemCallArchitectures=native
RestrictAddressFamilies=AF_UNIX|RestrictAddressFamilies=AF_INET AF_INET6|RestrictAddressFamilies=AF_INET6 AF_UNIX|RestrictAddressFamilies=none|RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallFilter=@system-service|SystemCallFilter=@system-service;SystemCallFilter=~@privileged|SystemCallFilter=@system-service;SystemCallFilter=~@privileged @resources|SystemCallFilter=~@privileged;SystemCallErrorNumber=EPERM|SystemCallFilter=@system-service;SystemCallFilter=~@resources;SystemCallErrorNumber=EPERM|SystemCallFilter=~@chown @setuid;SystemCallErrorNumber=EPERM|SystemCallFilter=~@setuid|SystemCallFilter=~@io-event;SystemCallErrorNumber=EPERM|SystemCallFilter=~@timer|SystemCallFilter=~@resources|SystemCallFilter=~@chown|SystemCallFilter=~@mount @clock @module|SystemCallFilter=~@sync|SystemCallFilter=~@ipc
CapabilityBoundingSet=|CapabilityBoundingSet=CAP_NET_BIND_SERVICE|CapabilityBoundingSet=CAP_SETUID CAP_SETGID|CapabilityBoundingSet=~CAP_CHOWN|CapabilityBoundingSet=~CAP_SETUID|CapabilityBoundingSet=~CAP_SETGID CAP_SETUID|CapabilityBoundingSet=~CAP_DAC_OVERRIDE|CapabilityBoundingSet=~CAP_NET_BIND_SERVICE|CapabilityBoundingSet=~CAP_SYS_CHROOT|CapabilityBoundingSet=~CAP_NET_ADMIN CAP_NET_RAW|CapabilityBoundingSet=~CAP_SYS_TIME|CapabilityBoundingSet=~CAP_KILL|CapabilityBoundingSet=~CAP_FOWNER|CapabilityBoundingSet=~CAP_SYS_RESOURCE|CapabilityBoundingSet=~CAP_SYS_ADMIN
ReadOnlyPaths=/var|ReadOnlyPaths=/run|ReadOnlyPaths=/var/lib|ReadOnlyPaths=/var/log|InaccessiblePaths=/etc/ssl|InaccessiblePaths=-/opt|InaccessiblePaths=/var/lib|InaccessiblePaths=/var/log|TemporaryFileSystem=/var|TemporaryFileSystem=/etc:ro|TemporaryFileSystem=/var/lib:ro|NoExecPaths=/usr/lib|NoExecPaths=/opt /home /tmp|NoExecPaths=/;ExecPaths=/usr/sbin|ReadWritePaths=/var/lib/nonesuch|BindPaths=/srv/nonesuch|BindReadOnlyPaths=/srv/missing:/srv
LimitNOFILE=8|LimitNOFILE=1024|LimitNPROC=1|TasksMax=1|TasksMax=64|LimitMEMLOCK=0|LimitFSIZE=1|LimitAS=20M|LimitDATA=1M|MemoryMax=4M|IPAddressDeny=any|SocketBindDeny=any|SocketBindDeny=ipv4:tcp|DevicePolicy=strict|DevicePolicy=closed|DynamicUser=yes|KeyringMode=private|RemoveIPC=yes|UMask=0077|RestrictNetworkInterfaces=eth0|NotifyAccess=none'''.replace('\n', '|').split('|')


def daemons(seed, count, *names):
    sys.path.insert(0, '/test')
    import matrix
    random.seed(int(seed))
    services = matrix.prepared(list(names))
    matrix.origin()
    key, version = lambda line: line.split('=')[0], re.search(r'systemd (\d+)', sh('systemctl --version')).group(1)
    of_line = {}
    for service in services:
        if '@' in service.unit or service.manager != 'system' or service.starts != service.unit:
            continue
        path = '/etc/systemd/system/' + service.unit
        own = {name: text.decode('utf8', 'replace') for name, text in service.texts() if name.startswith(service.unit)}
        base = '\n'.join(own.values()) + '\n[Service]\nTimeoutStartSec=10\nTimeoutStopSec=5\nRestart=no\n'
        def fault(options):
            text = base + ''.join(line + '\n' for option in options for line in option.split(';'))
            open(path, 'w').write(text)
            sh('systemctl daemon-reload')
            cursor = sh('journalctl -n0 --show-cursor -q').strip().split('cursor: ')[-1]
            service.prepare()
            said = 'not started' if service.systemctl('start', service.starts).returncode else service.unanswered()
            sh('systemctl stop %s; systemctl reset-failed %s; journalctl --sync' % (service.unit, service.unit))
            lines = sh('journalctl -o json --no-pager -q --after-cursor="%s" _SYSTEMD_UNIT=%s + UNIT=%s' % (cursor, service.unit, service.unit))
            return said, text, kept(json.loads(line) for line in lines.splitlines() if line.startswith('{'))[:60]
        if fault([])[0] is None:
            service.patience = 3
            fine, broken = [], []
            for option in random.sample(LINES, 34):
                (broken if fault([option])[0] else fine).append(option)
            for guilty in sorted(random.sample(broken, len(broken)), key=lambda option: of_line.get(option, 0))[:int(count)]:
                taken, harmless, wanted = {key(line) for line in guilty.split(';')}, [], random.randint(3, 8)
                for option in random.sample(fine, len(fine)):
                    if len(harmless) < wanted and not taken & {key(line) for line in option.split(';')}:
                        taken |= {key(line) for line in option.split(';')}
                        harmless.append(option)
                if fault(harmless)[0] is None:
                    at = random.randint(0, len(harmless))
                    said, text, journal = fault(harmless[:at] + [guilty] + harmless[at:])
                    if said:
                        of_line[guilty] = of_line.get(guilty, 0) + 1
                        tell({'job': service.name, 'version': version, 'guilty': guilty.split(';'), 'unit': text, 'journal': journal})
        os.unlink(path)
        if service.unit in own and path in service.files:
            open(path, 'w').write(own[service.unit])
        sh('systemctl daemon-reload')

{'healthy': healthy, 'broken': broken, 'daemons': daemons}[sys.argv[1]](*sys.argv[2:])
