import {describe, expect, it} from 'vitest'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {readScript} from '../../src/needs/sight/languages.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

/** What a script shows: its signs as `access access: because`, its paths, its commands. */
function read(text: string, interpreter = 'python3'): readonly string[] {
  const found = readScript(text, '/x', interpreter)
  const signs = (found?.signs ?? []).map(({needs: its, path, because}) =>
    path ? `${path.use} ${path.path}` : `${because}: ${its[0]}`,
  )
  return [...signs, ...(found?.commands ?? []).map((words) => `run ${words.join(' ')}`)]
}

describe('a script', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'python3',
      'import os\nos.chroot("/srv")\n',
      ['`/x` calls `chroot`: CAP_SYS_CHROOT', 'mention /srv'],
    ],
    ['perl', 'my $a = ``; my $b = ` `; my $c = `id`;', ['run /bin/sh -c id']],
    ['perl', '# as `id` says, or "/dev/mem"\nmy $c = 1;', []],
    ['python3.11', 'from os import path\nos.setuid(1)', ['`/x` calls `setuid`: CAP_SETUID']],
    ['python3', "os.setuid('" + 'x'.repeat(300) + "')", ['`/x` calls `setuid`: CAP_SETUID']],
    [
      'python3',
      "open('/etc/x', mode='a'); open('/etc/y', 'r+'); open('/etc/z', 'r')",
      ['write /etc/x', 'write /etc/y', 'mention /etc/z'],
    ],
    [
      '/usr/bin/pypy3',
      's = socket.socket(socket.AF_PACKET)',
      ['`/x` names `AF_PACKET`: packet-sockets'],
    ],
    ['python3', 'import json, psutil', ['`/x` imports `psutil`: proc-files']],
    ['python3', 'libc = ctypes.CDLL(None)\nlibc.mount(a)', ['`/x` calls `mount`: @mount']],
    ['python3', "open('/etc/x', 'w'); open('/etc/y')", ['write /etc/x', 'mention /etc/y']],
    [
      'python3',
      'subprocess.run(["ip", "link", "set"])\nos.system("mount /a")',
      ['run ip link set', 'run /bin/sh -c mount /a'],
    ],
    ['python3', 'os.chmod(x, 0o2750); os.mkdir(x, 0o755)', ['`/x` calls `chmod`: suid-files']],
    [
      'perl',
      "for (glob('/home/*/x /tmp/x')) { unlink } print 'in /srv/y';",
      ['mention /home/*/x', 'mention /tmp/x'],
    ],
    [
      'php',
      "$db->exec('create table if not exists jobs (id)'); exec('sync');",
      ['run /bin/sh -c sync'],
    ],
    [
      'node',
      "const {spawn} = require('child_process')\ndb.exec('INSERT INTO jobs values (1)')\nspawn('ip', ['link'], {stdio: ['pipe', 'inherit', 'ignore']})",
      ['run ip link'],
    ],
    [
      'python3',
      "import os, subprocess\nsubprocess.run([os.environ['HOOK'], branch])",
      ['`/x` runs what it is told by `subprocess.run`: privileges-by-exec'],
    ],
    [
      'python3',
      'subprocess.Popen(config["command"])',
      ['`/x` runs what it is told by `subprocess.Popen`: privileges-by-exec'],
    ],
    ['python3', 'subprocess.run([tool, "-x"], env=os.environ)', []],
    [
      'node',
      "const {spawn} = require('child_process')\nspawn(process.env.HOOK, [branch])",
      ['`/x` runs what it is told by `spawn`: privileges-by-exec'],
    ],
    ['perl', 'chmod 02755, $f; mkdir $d, 0755;', ['`/x` calls `chmod`: suid-files']],
    ['perl', "open my $f, '-|', 'ping', '-c', '1', $h or die;", ['run ping -c 1']],
    [
      'perl',
      "open(F, '|-', 'mail') || die; open my $g, '<', '/etc/x';",
      ['mention /etc/x', 'run /bin/sh -c mail'],
    ],
    [
      'node',
      "const c = require('child_process')\nc.execSync('modprobe x')\nc.spawn('ip', ['link'])",
      ['run /bin/sh -c modprobe x', 'run ip link'],
    ],
    [
      'node',
      "import http from 'node:http'\nhttp.createServer(f).listen(80)",
      [
        '`/x` calls `createServer`: bind-ports',
        '`/x` imports `node:http`: inet',
        '`/x` listens on port 80: bind-ports',
      ],
    ],
    ['node', 'server.listen( { port:  8080 })', ['`/x` listens on port 8080: bind-ports']],
    [
      'nodejs',
      "require('dgram'); fs.writeFileSync('/sys/a/b', x)",
      ['`/x` imports `dgram`: inet', 'mention /sys/a/b'],
    ],
    [
      'perl',
      '$> = 1;\nuse Net::Pcap;\nsystem("iptables -L");',
      [
        '`/x` sets `$>`: CAP_SETUID',
        '`/x` uses `Net::Pcap`: packet-sockets',
        'run /bin/sh -c iptables -L',
      ],
    ],
    [
      'ruby',
      "require 'serialport'\nProcess::UID.change_privilege(1)\nsystem('mount', '/a')",
      [
        '`/x` calls `Process::UID.change_privilege`: CAP_SETUID',
        '`/x` requires `serialport`: raw-devices',
        'run mount /a',
      ],
    ],
    [
      'php8.4',
      "<?php chroot('/srv'); exec('sudo -n x ' . $y); $z = `ls`; file('/etc/x');",
      [
        '`/x` calls `chroot`: CAP_SYS_CHROOT',
        'mention /srv',
        'mention /etc/x',
        'run /bin/sh -c sudo -n x ',
        'run /bin/sh -c ls',
      ],
    ],
    [
      'php',
      'mail($to, $what); chown($x, $y);',
      ['`/x` calls `chown`: CAP_CHOWN', '`/x` calls `mail`: privileges-by-exec'],
    ],
    ['php-cgi', 'passthru($x);', ['`/x` runs what it is told by `passthru`: privileges-by-exec']],
    [
      'lua5.4',
      "io.popen('ps -e')\nlocal f = io.open('/etc/x', 'w') -- os.execute('mount')",
      ['write /etc/x', 'run /bin/sh -c ps -e'],
    ],
    ['luajit', "local ffi = require 'ffi'", ['`/x` requires `ffi`: write-exec-memory']],
    ['lua', 'os.execute(job)', ['`/x` runs what it is told by `os.execute`: privileges-by-exec']],
    [
      'python3',
      'subprocess.run(job["command"], shell=True)\nos.system(x); os.system(f"a{b}")',
      [
        '`/x` runs what it is told by `subprocess.run`: privileges-by-exec',
        '`/x` runs what it is told by `os.system`: privileges-by-exec',
        'run /bin/sh -c a{b}',
      ],
    ],
    [
      'python3',
      'peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)',
      ['`/x` names `SO_PEERCRED`: host-users'],
    ],
    ['python3', 'libc.mq_open(a)', ['`/x` calls `mq_open`: shared-ipc']],
    [
      'perl',
      'my $x = `du -sk $y`; shmget(1, 2, 3)',
      ['`/x` calls `shmget`: shared-ipc', 'run /bin/sh -c du -sk $y'],
    ],
  ])('of %s is read: %j', (interpreter, text, expected) => {
    expect(read(text, interpreter)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['python3', '# os.chroot("/srv")\n'],
    ['python3', '"""\nos.chroot("/srv") and open /dev/x\n"""'],
    ['python3', 'print("os.chroot(\\"/dev/x\\")")'],
    ['python3', 'my.chroot(x); import psutils; socket.AF_INET; route("/users/1")'],
    ['node', "// require('dgram')\n/* process.setuid(1) */ let a = 'https://x/dev/y'"],
    ['perl', '# chroot("/x")\n$x == 1; $#a'],
    ['ruby', "# Dir.chroot '/x'\n"],
    ['php', '# chroot("/srv")\n/* mail($x) */ $a->exec($b); X::mail($c); // chown(1)'],
    ['lua', '--[[ os.execute("mount") ]] -- io.popen(x)'],
    ['tclsh', 'exec("mount")'],
    ['python3', 'os.system(f" "); subprocess.run(x); subprocess.run(f" ", shell=True)'],
    ['python3', 'subprocess.run(x); subprocess.run([x], check=True); SO_PEER'],
    ['python3', 'print("os.chroot(1)"); a = "socket.AF_PACKET x"'],
    ['python3', 'os.system(" ")'],
    ['xpython3', 'os.chroot("/srv")'],
    ['python3x', 'os.chroot("/srv")'],
  ])('of %s shows nothing in %j', (interpreter, text) => {
    expect(read(text, interpreter)).toEqual([])
  })

  it.each(['python3', 'node', 'perl', 'ruby', 'php', 'lua'])(
    'of %s may be hostile, and takes no longer for it',
    (interpreter) => {
      for (const part of [
        '"',
        "'",
        '`',
        '"""',
        "'''",
        '/*',
        '/',
        '#',
        '\\"',
        'system(',
        'exec( ',
        'import a,',
        'require("',
        '"\\',
        ' ',
        '\n',
        'listen({',
        '$>',
        '“',
        '”',
      ]) {
        expect(() =>
          readScript(part.repeat(10_000_000 / part.length), '/x', interpreter),
        ).not.toThrow()
      }
      for (const call of [
        'subprocess.run(',
        'exec(',
        'system',
        'os.system("a"',
        '.listen(',
        'require(',
      ]) {
        expect(() => readScript(`${call}${' '.repeat(1_000_000)}`, '/x', interpreter)).not.toThrow()
      }
    },
  )
})

/** What a script may run: lists and texts that look like commands. */
function likely(text: string, interpreter = 'python3'): readonly string[] {
  return (readScript(text, '/x', interpreter)?.likely ?? []).map((words) => words.join(' '))
}

describe('commands in a script', () => {
  it.each<[string, string, readonly string[]]>([
    ['python3', 'from subprocess import call\ncall("sudo x", shell=True)', ['/bin/sh -c sudo x']],
    ['python3', 'from subprocess import (run, PIPE)\nrun(["ip", "link"])', ['ip link']],
    ['python3', 'import subprocess as sp\nsp.run(["ip", "link"])', ['ip link']],
    ['python3', 'call("sudo x", shell=True)', []],
    ['python3', 'from subprocess import call\nmodel.call("sudo x")', []],
    ['ruby', 'Open3.popen2e("ip", "link")', ['ip link']],
    ['ruby', 'Open3.pipeline_r("ip link")', ['/bin/sh -c ip link']],
  ])('of %s are found under names of its own: %j', (interpreter, text, expected) => {
    const found = readScript(text, '/x', interpreter)?.commands ?? []
    expect(found.map((words) => words.join(' '))).toEqual(expected)
  })

  it.each<[string, string, readonly string[]]>([
    ['python3', 'import subprocess\nc = ["ping", "-c", "1", h]\nrun(c)', ['ping -c 1']],
    ['python3', 'import os\nc = "omxplayer " + x\nos.system(c)', ['/bin/sh -c omxplayer']],
    ['python3', 'import os\nc = "ping -c 1 %s" % x\nos.system(c)', ['/bin/sh -c ping -c 1 %s']],
    ['python3', 'import subprocess\nsubprocess.Popen([sys.executable, "b.py"])', ['python3 b.py']],
    [
      'python3',
      'import subprocess\np = os.path.join(here, "b.py")\nsubprocess.run(["python", p])',
      ['python', 'python3 b.py'],
    ],
    [
      'python3',
      'import subprocess\np = "b.py"\nrun([sys.executable, "-u", p])',
      ['python3 -u', 'python3 b.py'],
    ],
    ['python3', 'import subprocess\np = os.path.join(here, "b.py")', []],
    ['python3', 'import subprocess\nS = "/opt/x/b.sh"', ['/opt/x/b.sh']],
    ['python3', 'import os\nc = "mount /mnt/a /b"\nos.system(c)', ['/bin/sh -c mount /mnt/a /b']],
    ['python3', 'import os\nc = "mount /mnt/a failed"\nos.system(c)', []],
    ['python3', 'import os\nc = "Mounted /mnt/a"\nos.system(c)', []],
    ['python3', 'import subprocess\nprint("a word", ["One", "two"], "ping")', []],
    ['python3', 'c = ["ping", "-c", "1"]', []],
    ['node', "import {execa} from 'execa'\nconst c = ['ping', '-c', '1']", ['ping -c 1']],
  ])('of %s are likely where they stand elsewhere: %j', (interpreter, text, expected) =>
    expect(likely(text, interpreter)).toEqual(expected),
  )

  it.each([
    'const c = require("child_process")\nc.exec(command)\nexec(command)',
    "require('child_process')\nexecSync('ping ' + host)",
  ])('of Node may be what it is told: %j', (text) =>
    expect(read(text, 'node').some((one) => one.includes('runs what it is told by'))).toBe(true),
  )

  it('of Node are none where a text is searched by a pattern', () => {
    const text = "require('child_process')\nconst m = /a/.exec(text)"
    expect(read(text, 'node').some((one) => one.includes('told'))).toBe(false)
  })
})

describe('what is loaded', () => {
  it.each([
    ['python3', 'from sense_hat import SenseHat', 'raw-devices'],
    ['python3', 'import neopixel', 'raw-devices'],
    ['python3', 'import Adafruit_DHT', 'realtime'],
    ['python3', 'from rgbmatrix import RGBMatrix', 'realtime'],
    ['python3', 'from rgbmatrix import RGBMatrix', 'raw-devices'],
    ['python3', 'import Adafruit_DHT', 'CAP_SYS_NICE'],
    ['python3', 'import adafruit_dht\nimport board', 'realtime'],
    ['node', "import {LedMatrix} from 'rpi-led-matrix'", 'realtime'],
    ['node', "require('rpi-led-matrix')", 'CAP_SYS_NICE'],
    ['python3', 'import wiringpi', 'raw-devices'],
    ['python3', 'from w1thermsensor import W1ThermSensor', 'raw-devices'],
    ['python3', 'import torch', 'raw-devices'],
    ['python3', 'import torch', 'write-exec-memory'],
    ['python3', 'import vlc', 'raw-devices'],
    ['python3', 'from icmplib import ping', 'CAP_NET_RAW'],
    ['python3', 'from seleniumwire import webdriver', 'user-namespaces'],
    ['python3', 'import webbrowser', 'user-namespaces'],
    ['node', "const open = require('open')", 'user-namespaces'],
    ['node', "const shell = require('shelljs')\nshell.exec(command)", 'privileges-by-exec'],
    ['python3', 'from splinter import Browser', 'raw-devices'],
    ['node', "require('node-dht-sensor')", 'raw-devices'],
    ['node', "import i2c from 'i2c'", 'raw-devices'],
  ])('by %s takes what it is for: %s: %s', (interpreter, text, access) => {
    const signs = readScript(`${text}\n`, '/x', interpreter)?.signs ?? []
    expect(signs.flatMap(({needs: its}) => its)).toContain(access)
  })

  it.each(['shelljs', 'child_process'])('shows by %s that texts may be commands', (name) => {
    const text = `import shell from '${name}'\nconst command = \`sudo -n \${tool}\`\n`
    expect(readScript(text, '/x', 'node')?.likely).toEqual([['/bin/sh', '-c', 'sudo -n ${tool}']])
    expect(readScript(text.replace(name, 'chalk'), '/x', 'node')?.likely).toEqual([])
  })
})

describe('the tunables of the kernel', () => {
  it.each([
    ['import RPi.GPIO as GPIO', true],
    ['from gpiozero import Button', true],
    ['import cv2', false],
    ['import serial, evdev', false],
    ['import serial, smbus2', true],
  ])('are those of boards, and not of what is plugged in: %s: %s', (text, expected) => {
    const needed = (readScript(`${text}\n`, '/x', 'python3')?.signs ?? []).flatMap(
      (sign) => sign.needs,
    )
    expect(needed).toContain('raw-devices')
    expect(needed.includes('kernel-tunables')).toBe(expected)
  })
})

describe('ports', () => {
  it.each([
    ['node', 'app.listen(80)', 80],
    ['node', 'const port = process.env.PORT || 80\napp.listen(port)', 80],
    ['node', 'let port = 8080;\nserver.listen({port: port})', 8080],
    ['node', 'app.listen(config.port)', undefined],
    ['node', 'app.listen(port(80))', undefined],
    ['python3', "app.run(host='0.0.0.0', port=80)", 80],
    ['python3', 'uvicorn.run(\n    app,\n    port=443,\n)', 443],
    ['python3', "PORT = 8000\nwith socketserver.TCPServer(('', PORT), H) as httpd:", 8000],
    ['python3', "s.bind(('', 502))", 502],
    ['python3', 's.connect((host, 80))', undefined],
    ['python3', 's.listen(5)', undefined],
    ['python3', 'Client(port=80)\ns.bind((host, port))', undefined],
  ])('are listened on where a call of %s says so: %s', (interpreter, text, port) => {
    const sign = (readScript(`${text}\n`, '/x', interpreter)?.signs ?? []).find(({needs}) =>
      needs.includes('bind-ports'),
    )
    expect(sign?.because).toBe(port && `\`/x\` listens on port ${port}`)
    expect(sign?.needs.includes('CAP_NET_BIND_SERVICE')).toBe(port && port < 1024)
  })

  it('are any where none is named', () => {
    const [sign] = readScript("s.bind(('', 0))\n", '/x', 'python3')?.signs ?? []
    expect(sign?.needs).toEqual(['bind-ports', 'inet', 'inet-local'])
  })
})

describe('sockets of their own', () => {
  it.each([
    ['python3', 'import RPi.GPIO as GPIO', false],
    ['python3', 'import serial, smbus2', false],
    ['python3', 'from bleak import BleakScanner', true],
    ['python3', 'import adafruit_ble', true],
    ['python3', 'import can', true],
    ['node', "require('serialport')", false],
    ['node', "require('socketcan')", true],
  ])('are those of what is reached by them alone: %s: %s', (interpreter, text, expected) => {
    const signs = readScript(`${text}\n`, '/x', interpreter)?.signs ?? []
    const needed = signs.flatMap(({needs: its}) => its)
    expect(needed).toContain('raw-devices')
    expect(needed.includes('exotic-sockets')).toBe(expected)
  })
})

describe('a script of Python that loads no module of others', () => {
  const ids = ['write-exec-memory', 'other-processes', '@chown'] as const

  /** What a fix may take from it, of what Python alone leaves open. */
  const taken = (
    files: Readonly<Record<string, string>>,
    line = '/usr/bin/python3 /opt/x/app.py',
    rest = '',
  ): readonly string[] => {
    const text = `[Service]\nUser=example\nExecStart=${line}\n${rest}`
    const its = needs(service(text, '257', 'a.service', hostOf(files)))
    return ids.filter((id) => weigh([id], its).applicability === 'safe')
  }
  const plain = 'import json, sqlite3\nfrom urllib.request import urlopen\n'

  it('does without what Python does for those of others', () => {
    expect(taken({'/opt/x/app.py': plain})).toEqual(ids)
    expect(taken({'/opt/x/app.py': `${plain}import own\n`, '/opt/x/own.py': plain})).toEqual(ids)
    expect(
      taken({'/opt/x/app.py': plain}, '/usr/bin/python3 app.py', 'WorkingDirectory=/opt/x\n'),
    ).toEqual(ids)
  })

  it('may compile code where another Python may run it', () => {
    expect(taken({'/opt/x/app.py': plain}, '/opt/x/venv/bin/python /opt/x/app.py')).toEqual([
      'other-processes',
      '@chown',
    ])
  })

  it.each(['os.chown(a, 1, 1)', 'import shutil', 'import tarfile, json', 'import mailbox'])(
    'may give files to others: %s',
    (more) => {
      expect(taken({'/opt/x/app.py': `${plain}import os\n${more}\n`})).toEqual([
        'write-exec-memory',
        'other-processes',
      ])
    },
  )

  it.each([
    'import requests',
    'import own',
    'import own.part',
    'from . import own',
    'import importlib',
    'import ctypes',
    'import subprocess',
    'import os; import requests',
    'from os import *',
    'os.system(line)',
    '__import__(name)',
    'exec(text)',
    'logging.config.dictConfig(told)',
    'sys.path.append(folder)',
    'open(f"/proc/{pid}/stat")',
    'glob.glob("/proc/[0-9]*/stat")',
  ])('tells nothing by it where it may load or do more: %s', (more) => {
    expect(taken({'/opt/x/app.py': `${plain}${more}\n`, '/opt/x/own/part.py': ''})).toEqual([])
  })

  it('tells nothing by it where its own modules may, or stand for those of Python', () => {
    const app = `${plain}import own\n`
    expect(taken({'/opt/x/app.py': app, '/opt/x/own.py': 'import requests\n'})).toEqual([])
    expect(taken({'/opt/x/app.py': plain, '/opt/x/json/__init__.py': plain})).toEqual([])
  })

  it.each(['Environment=PYTHONPATH=/opt/y\n', 'PassEnvironment=PYTHONPATH\n'])(
    'tells nothing by it with %j',
    (rest) => {
      expect(taken({'/opt/x/app.py': plain}, undefined, rest)).toEqual([])
    },
  )

  it('tells nothing by it where it is out of sight', () => {
    expect(taken({})).toEqual([])
  })
})

describe('a service that runs a script', () => {
  const shown = (line: string, files: Parameters<typeof hostOf>[0]): readonly string[] =>
    needs(service(`[Service]\nExecStart=${line}\n`, '257', 'a.service', hostOf(files))).map(
      ({access, because}) => `${access}: ${because}`,
    )

  it.each(['/usr/bin/python3 -u /opt/x/app', '/opt/x/app', '/usr/bin/env python3 /opt/x/app'])(
    'needs what it shows: %s',
    (line) => {
      const found = shown(line, {
        '/opt/x/app':
          '#!/usr/bin/env python3\nimport os\nos.chroot("/srv/x")\nos.system("modprobe y")\nopen("/dev/i2c-1")\n',
      })
      expect(found).toContain('CAP_SYS_CHROOT: `/opt/x/app` calls `chroot`')
      expect(found).toContain('raw-devices: `/opt/x/app` names `/dev/i2c-1`')
      expect(found.some((one) => one.startsWith('kernel-modules: `modprobe`'))).toBe(true)
      expect(
        found.some((one) => one.startsWith('write-anywhere: `/opt/x/app` names `/srv/x`')),
      ).toBe(true)
    },
  )

  it('needs what its ports need', () => {
    const portNeeds = (port: number) =>
      readScript(`server.listen(${port})`, '/x', 'node')?.signs.flatMap(({needs: its}) => its)
    expect(portNeeds(1024)).toEqual(['bind-ports', 'inet', 'inet-local'])
    expect(portNeeds(1023)).toEqual(['bind-ports', 'inet', 'inet-local', 'CAP_NET_BIND_SERVICE'])
  })

  it.each<[string, string, string]>([
    ['WorkingDirectory=/opt/x', '/usr/bin/python3 -u app.py', '/opt/x/app.py'],
    ['WorkingDirectory=-/opt/x/', '/usr/bin/python3 ./../x/app.py', '/opt/x/app.py'],
    ['WorkingDirectory=/opt/x', '/usr/bin/python3 -m a.b', '/opt/x/a/b.py'],
    ['WorkingDirectory=/opt/x', '/usr/bin/python3 -m a', '/opt/x/a/__main__.py'],
    ['', '/usr/bin/python3 app.py', '/app.py'],
    // Python runs `__main__.py` of a folder, and a package as its first file.
    ['WorkingDirectory=/opt', '/usr/bin/python3 x', '/opt/x/__main__.py'],
    ['', '/usr/bin/python3 /opt/x/', '/opt/x/__main__.py'],
    ['WorkingDirectory=/opt', '/usr/bin/python3 -m x', '/opt/x/__init__.py'],
  ])('needs what a script shows that is seen from its folder: %s, %s', (folder, line, path) => {
    const of = (at: string): readonly string[] =>
      shown(`${line}\n${folder}`, {[at]: 'import os\nos.chroot(x)\n'})
    expect(of(path)).toContain(`CAP_SYS_CHROOT: \`${path}\` calls \`chroot\``)
    expect(of('/srv/app.py').some((one) => one.includes('calls `chroot`'))).toBe(false)
  })

  it('needs what a script shows that a script names by a path from its folder', () => {
    const found = shown('/bin/bash -c ./run.py\nWorkingDirectory=/opt/x', {
      '/opt/x/run.py': '#!/usr/bin/python3\nimport os\nos.chroot(x)\n',
    })
    expect(found).toContain('CAP_SYS_CHROOT: `/opt/x/run.py` calls `chroot`')
  })

  it('needs what is loaded of it by what Django is told', () => {
    const found = shown('/usr/bin/python3 /opt/x/manage.py runserver', {
      '/opt/x/manage.py':
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "x.settings")\nexecute_from_command_line()\n',
      '/opt/x/x/settings.py':
        "ROOT_URLCONF = 'x.urls'\nINSTALLED_APPS = [\n  'django.contrib.auth',\n  'a',\n  'b.apps.BConfig',\n]\n",
      '/opt/x/x/urls.py': "urlpatterns = [path('', include('c.urls'))]\n",
      '/opt/x/c/urls.py': 'from . import views\n',
      '/opt/x/c/views.py': 'os.chroot(x)\n',
      '/opt/x/a/apps.py': 'os.setuid(x)\n',
      '/opt/x/a/models.py': 'os.mknod(x)\n',
      '/opt/x/b/apps.py': 'os.chown(x)\n',
    })
    for (const call of ['chroot', 'setuid', 'mknod', 'chown'])
      expect(found.filter((one) => one.endsWith(`calls \`${call}\``))).not.toEqual([])
  })

  it('needs what likely commands of it need, where their programs are known', () => {
    const of = (text: string): readonly string[] =>
      shown('/usr/bin/python3 /opt/x/app.py', {'/opt/x/app.py': `import subprocess\n${text}\n`})
    expect(
      of('c = ["ping", "-c", "1", host]').some((one) => one.startsWith('privileges-by-exec: `p')),
    ).toBe(true)
    expect(of('c = ["apple", "-c", "1"]').some((one) => one.includes('apple'))).toBe(false)
  })

  it('needs what `sudo` tells the audit, as root as well', () => {
    const of = (text: string): readonly string[] =>
      shown('/usr/sbin/example-net', {'/usr/sbin/example-net': `#!/bin/sh\n${text}\n`})
    expect(of('sudo ifup eth7')).toContain(
      'CAP_AUDIT_WRITE: `sudo` tells the audit what it does, or fails as root',
    )
    expect(of('ifup eth7').some((one) => one.startsWith('CAP_AUDIT_WRITE'))).toBe(false)
  })

  it.each(['selenium-webdriver', 'selenium-webdriver/chrome', 'webdriverio'])(
    'needs what a browser does that it drives by %s',
    (name) => {
      const found = shown('/usr/bin/node /opt/x/app.js', {
        '/opt/x/app.js': `const driver = require('${name}')\n`,
      })
      expect(found.some((one) => /^user-namespaces: .*imports/.test(one))).toBe(true)
    },
  )

  it('does what it runs, whatever it is called, where all of it is seen', () => {
    const of = (text: string, name = 'disk-monitor.sh'): readonly string[] =>
      shown(`/opt/x/${name}`, {[`/opt/x/${name}`]: `#!/bin/sh\n${text}\n`}).filter((one) =>
        one.startsWith('raw-devices'),
      )
    expect(of('curl -s https://example.org/')).toEqual([])
    expect(of('/opt/x/gpio-poll')).toEqual([
      'raw-devices: by its name, `gpio-poll` drives hardware',
    ])
    expect(of('eval "$1"')).not.toEqual([])
    expect(of('cat /dev/ttyUSB0')).not.toEqual([])
  })

  it('has no folder where it starts in the home of a user', () => {
    const found = shown('/usr/bin/python3 app.py\nWorkingDirectory=~', {
      '/app.py': 'import os\nos.chroot(x)\n',
      '/~/app.py': 'import os\nos.chroot(x)\n',
    })
    expect(found.some((one) => one.includes('calls `chroot`'))).toBe(false)
  })

  it.each<[string, string, string, 'safe' | 'unsafe']>([
    ['/opt/x', '/bin/sh start.sh', '', 'safe'],
    ['/opt/x', '/bin/sh ./start.sh', '', 'safe'],
    ['/', '/bin/sh /opt/x/start.sh', '', 'safe'],
    ['~', '/bin/sh start.sh', '', 'unsafe'],
    ['/', '/bin/sh start.sh', '', 'unsafe'],
    // Only these change nothing of the folder.
    ['/opt/x', '/usr/bin/nice -n 5 /bin/sh ./start.sh', '', 'safe'],
    ['/opt/x', '/usr/bin/env A=b /bin/sh ./start.sh', '', 'safe'],
    ['/opt/x', '/usr/bin/env -C /srv /bin/sh ./start.sh', '', 'unsafe'],
    ['/opt/x', '/opt/unknown/wrapper /bin/sh ./start.sh', '', 'safe'],
    ['/', '/opt/x/go.sh', 'cd /opt/x\n./start.sh', 'safe'],
    ['/', '/opt/x/go.sh', 'cd /opt/x\nsh start.sh', 'safe'],
    ['/', '/opt/x/go.sh', 'cd "$A"\ncd /opt/x\n./start.sh', 'unsafe'],
    ['/', '/opt/x/go.sh', 'cd\ncd /opt/x\n./start.sh', 'unsafe'],
    ['/', '/opt/x/go.sh', 'cd /opt/x\ngit pull\n./start.sh', 'unsafe'],
    ['/', '/opt/x/go.sh', 'cd /opt/x\ngit log\n./start.sh', 'safe'],
    // Two of this name: nobody knows which is meant.
    ['/opt/y', '/opt/x/go.sh', 'cd /opt/x\n./start.sh', 'unsafe'],
  ])(
    'is all in sight in %s where it is known which is meant: %s, %j',
    (folder, line, go, expected) => {
      const unit = service(
        `[Service]\nWorkingDirectory=${folder}\nExecStart=${line}\n`,
        '257',
        'a.service',
        hostOf({
          '/opt/x/start.sh': '#!/bin/sh\nls\n',
          '/opt/y/start.sh': '#!/bin/sh\nls\n',
          '/opt/x/go.sh': `#!/bin/sh\n${go}\n`,
        }),
      )
      expect(weigh(['kernel-modules'], needs(unit)).applicability).toBe(expected)
    },
  )

  it.each<[string, string, string, string]>([
    ['python3', 'import sys, own', '/opt/x/own.py', 'os.chroot(x)'],
    ['python3', 'from own import (a, b)', '/opt/x/own/b.py', 'os.chroot(x)'],
    ['python3', 'from .own import a', '/opt/x/own/__init__.py', 'os.chroot(x)'],
    ['python3', 'from own import *', '/opt/x/own.py', 'os.chroot(x)'],
    ['python3', 'from own import (\n    A,\n    part,\n)', '/opt/x/own/part.py', 'os.chroot(x)'],
    ['python3', 'import sys\nsys.path.append("..")\nimport own', '/opt/own.py', 'os.chroot(x)'],
    ['python3', "sys.path.insert(0, '../lib/')\nimport own", '/opt/lib/own.py', 'os.chroot(x)'],
    [
      'python3',
      'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))\nfrom own import a',
      '/opt/x/lib/own/a.py',
      'os.chroot(x)',
    ],
    [
      'python3',
      'sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))\nimport own',
      '/opt/own.py',
      'os.chroot(x)',
    ],
    [
      'python3',
      'sys.path.insert(0, str(Path(__file__).parent.parent))\nimport own',
      '/opt/own.py',
      'os.chroot(x)',
    ],
    ['node', "const a = require('./lib/own')", '/opt/x/lib/own.js', 'process.setuid(1)'],
    ['node', "import a from '../own/index.mjs'", '/opt/own/index.mjs', 'process.setuid(1)'],
    ['perl', 'use Own::Part;', '/opt/x/lib/Own/Part.pm', 'chroot($x)'],
    ['perl', "require './own.pl';", '/opt/x/own.pl', 'chroot($x)'],
    ['ruby', "require_relative 'own'", '/opt/x/own.rb', 'Dir.chroot(x)'],
    ['php', "require_once __DIR__ . '/own.php';", '/opt/x/own.php', 'chroot($x)'],
    ['lua', "local a = require('own.part')", '/opt/x/own/part.lua', 'posix.chroot(x)'],
    ['lua', "dofile 'own.lua'", '/opt/x/own.lua', 'posix.chroot(x)'],
  ])('of %s needs what its own modules show: %s', (program, loads, path, text) => {
    const of = (first: string): boolean =>
      shown(`/usr/bin/${program} /opt/x/app`, {'/opt/x/app': `${first}\n`, [path]: text}).some(
        (one) => one.includes(`\`${path}\``),
      )
    expect(of(loads)).toBe(true)
    expect(of('')).toBe(false)
  })

  it.each([
    'import first, second as two, third',
    'from own import first, second, third',
    'from . import first, second, third',
  ])('needs what each module shows that one line loads: %j', (line) => {
    const folder = line.includes('own') ? '/opt/x/own' : '/opt/x'
    const found = shown('/usr/bin/python3 /opt/x/app.py', {
      '/opt/x/app.py': `${line}\n`,
      [`${folder}/first.py`]: 'import json\n',
      [`${folder}/second.py`]: 'os.chroot(x)\n',
      [`${folder}/third.py`]: 'os.mknod(x)\n',
    })
    expect(found).toContain(`CAP_SYS_CHROOT: \`${folder}/second.py\` calls \`chroot\``)
    expect(found).toContain(`CAP_MKNOD: \`${folder}/third.py\` calls \`mknod\``)
  })

  it('may do anything where it has a model run commands', () => {
    const text = 'import subprocess\nargs = ["codex", "-p", message]\nsubprocess.run(args)\n'
    const found = shown('/usr/bin/python3 /opt/x/app.py', {'/opt/x/app.py': text})
    expect(found.filter((one) => one.startsWith('anything'))).toEqual([
      'anything: `codex` runs what a model tells it to',
    ])
  })

  it('has modules that load each other, and further ones, and no more of them than can be read', () => {
    const files = Object.fromEntries(
      Array.from({length: 100}, (_, at) => [
        `/opt/x/m${at}.py`,
        `import m${at + 1}, m${at}, m0\nos.system("modprobe m${at}")\n`,
      ]),
    )
    const found = shown('/usr/bin/python3 /opt/x/m0.py', files)
    expect(found.some((one) => one.startsWith('kernel-modules: `modprobe`'))).toBe(true)
    const big = {...files, '/opt/x/m1.py': `${'#'.repeat(300_000)}\nos.chroot(x)\n`}
    expect(shown('/usr/bin/python3 /opt/x/m0.py', big).some((one) => one.includes('m1.py'))).toBe(
      false,
    )
  })

  it('is not read where it has more modules than are', () => {
    const isUnread = (count: number, size = 0): boolean | undefined => {
      const files = Object.fromEntries(
        Array.from({length: count}, (_, at) => [
          `/opt/x/m${at}.py`,
          `import m${at + 1}\n${'#'.repeat(size)}\n`,
        ]),
      )
      const run = '[Service]\nExecStart=/usr/bin/python3 /opt/x/m0.py\n'
      return needs(service(run, '257', 'a.service', hostOf(files))).population.isUnread
    }
    expect([isUnread(0), isUnread(60), isUnread(70)]).toEqual([true, undefined, true])
    expect([isUnread(2, 100_000), isUnread(3, 100_000), isUnread(1, 300_000)]).toEqual([
      undefined,
      true,
      true,
    ])
  })

  it('needs what its runtime does, whatever its name', () => {
    expect(
      shown('/opt/x/app', {'/opt/x/app': '#!/usr/bin/node\n'}).some((one) =>
        one.startsWith('write-exec-memory: `node`'),
      ),
    ).toBe(true)
    expect(shown('/opt/x/app', {}).some((one) => one.startsWith('write-exec-memory'))).toBe(false)
  })

  it('has the imports of no program in machine code', () => {
    const text = '#!/usr/bin/python3\nimport os\nos.chroot("/srv/x")\n'
    expect(
      shown('/usr/bin/python3 /opt/x/app', {'/opt/x/app': text}).filter((one) =>
        one.startsWith('CAP_SYS_CHROOT'),
      ),
    ).toEqual(['CAP_SYS_CHROOT: `/opt/x/app` calls `chroot`'])
  })

  it('is no better known for it', () => {
    const of = (text: string) => {
      const unit = service(
        '[Service]\nExecStart=/opt/x/app.sh\n',
        '257',
        'a.service',
        hostOf({'/opt/x/app.sh': text}),
      )
      return weigh(['kernel-modules'], needs(unit)).applicability
    }
    expect(of('#!/usr/bin/python3\n')).toBe('unsafe')
    expect(of('#!/bin/sh\n')).toBe('safe')
  })

  it('is no less known for a script that is too hard to read, where that starts what is beyond doubt of a kind', () => {
    const of = (name: string, folder: string): string => {
      const files = {
        [`/usr/libexec/${folder}/start.sh`]: '#!/bin/sh\n. /etc/default/x\neval "$X"\n',
        '/etc/default/x': 'X=$(y)\n',
      }
      const unit = service(
        `[Service]\nExecStart=/bin/sh /usr/libexec/${folder}/start.sh\n`,
        '257',
        `${name}.service`,
        hostOf(files),
      )
      return weigh(['kernel-modules'], needs(unit)).applicability
    }
    expect(of('tomcat10', 'tomcat10')).toBe('safe')
    expect(of('tomcat10', 'other')).toBe('unsafe')
    expect(of('lxc', 'lxc')).not.toBe('safe')
    expect(of('unheard-of', 'unheard-of')).toBe('unsafe')
  })
})
