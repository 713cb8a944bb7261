import {describe, expect, it, test} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import {isWrittenByName} from '../../src/needs/evidence/written.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import {hostOf} from '../../src/unit/host.ts'
import {service} from '../unit/unit.ts'

/** Which of these a fix may take from a service whose program is in sight, and shows nothing. */
function taken(text: string, ids: readonly AccessId[], name = 'example.service'): AccessId[] {
  const [, program = ''] = /^ExecStart=(\S+)/m.exec(text) ?? []
  const its = needs(service(text, '257', name, hostOf({[program]: elf({})})))
  return ids.filter((id) => weigh([id], its).applicability === 'safe')
}

const devices: readonly AccessId[] = ['raw-devices', 'kernel-tunables', 'kernel-modules']

describe('what is wired to a small board', () => {
  it.each([
    '[Service]\nExecStart=/home/pi/hive/scale\nUser=example\n',
    '[Service]\nExecStart=/opt/hive/scale\nUser=pi\n',
    '[Service]\nExecStart=/usr/bin/python3 /home/pi/hive/scale.py\nUser=example\n',
    '[Service]\nExecStart=/opt/hive/venv/bin/python /opt/hive/scale.py\nUser=pi\n',
    '[Unit]\nDescription=Beehive on a Raspberry Pi\n[Service]\nExecStart=/opt/hive/scale\n',
    '[Service]\nExecStart=/opt/hive/robot\nUser=example\n',
  ])('stays within reach of %j', (text) => {
    expect(taken(text, devices)).toEqual([])
  })

  it.each([
    '[Service]\nExecStart=/home/alice/hive/scale\nUser=example\n',
    '[Service]\nExecStart=/opt/hive/scale\nUser=pia\n',
    '[Service]\nExecStart=/opt/api/spin\nUser=example\n',
    '[Service]\nExecStart=/opt/tipi/tipi\nUser=example\n',
  ])('is nothing to %j', (text) => {
    expect(taken(text, devices)).toEqual(devices)
  })

  it('is nothing to a program that is known, whoever runs it', () => {
    const text = '[Service]\nExecStart=/usr/sbin/nginx -c /home/pi/nginx.conf\nUser=pi\n'
    const shown = needs(service(text, '257', 'example.service'))
    expect(shown.filter(({because}) => because.includes('small board'))).toEqual([])
  })
})

test.each<[string, readonly AccessId[]]>([
  ['weather', ['kernel-modules']],
  ['gateway', ['kernel-modules']],
  ['door-monitor', ['kernel-modules']],
  ['recorder', ['kernel-tunables', 'kernel-modules']],
  ['invoices', devices],
])('a service that is called %s may lose %j', (name, expected) => {
  const text = '[Service]\nExecStart=/opt/example/run\nUser=example\n'
  expect(taken(text, devices, `${name}.service`)).toEqual(expected)
})

test('a service may drive what its name in the journal says', () => {
  const text = '[Service]\nExecStart=/opt/example/run\nUser=example\nSyslogIdentifier=porch-leds\n'
  expect(taken(text, devices)).toEqual([])
  expect(taken(text.replace('leds', 'notes'), devices)).toEqual(devices)
})

test('what watches the system may ask whose a connection is, and how a disk fares', () => {
  const ids: readonly AccessId[] = ['CAP_SYS_PTRACE', 'CAP_SYS_RAWIO', 'CAP_SYS_MODULE']
  const text = '[Service]\nExecStart=/opt/example/run\n'
  expect(taken(text, ids, 'server-monitor.service')).toEqual(['CAP_SYS_MODULE'])
  expect(taken(text, ids, 'server-invoices.service')).toEqual(ids)
})

test.each(['DISPLAY=:0', 'XAUTHORITY=/run/x'])('what has a screen by %s may open pages', (set) => {
  const ids: readonly AccessId[] = ['user-namespaces', 'hostname']
  const text = `[Service]\nExecStart=/opt/example/run\nUser=example\nEnvironment=${set}\n`
  expect(taken(text, ids)).toEqual(['hostname'])
  expect(taken(text.replace(set, 'SCREEN=0'), ids)).toEqual(ids)
})

describe('files of sound and pictures among the arguments', () => {
  const sound: readonly AccessId[] = ['raw-devices', 'realtime', 'shared-ipc']
  it.each(['-tune wake.mp3', '--file=/srv/a.WAV', 'list.m3u8'])(
    'show by %s what plays them',
    (args) => {
      expect(taken(`[Service]\nExecStart=/opt/example/run ${args}\nUser=example\n`, sound)).toEqual(
        [],
      )
    },
  )
  it.each(['-tune wake', '.mp3', 'a.mp3.txt', 'a.wave'])('are not meant by %s', (args) => {
    expect(taken(`[Service]\nExecStart=/opt/example/run ${args}\nUser=example\n`, sound)).toEqual(
      sound,
    )
  })
})

describe('options and variables that are named for devices', () => {
  const ids: readonly AccessId[] = ['raw-devices']
  it.each(['-device=$X', '--serial-port $X', '-x ${MODEM_TTY}', '-x $DEVICE', '--gpio 4'])(
    'show by %s that it opens one',
    (args) => {
      expect(taken(`[Service]\nExecStart=/opt/example/run ${args}\nUser=example\n`, ids)).toEqual(
        [],
      )
    },
  )
  it.each(['--device-id 3', '-x ${DEVICE_ID}', '--devices-file $X', '-d $X'])(
    'are not meant by %s',
    (args) => {
      expect(taken(`[Service]\nExecStart=/opt/example/run ${args}\nUser=example\n`, ids)).toEqual(
        ids,
      )
    },
  )
})

test('agents set machines up: namespaces, and mounts that others see', () => {
  const ids: readonly AccessId[] = ['network-namespaces', 'host-mounts', '@mount', 'hostname']
  const text = '[Service]\nExecStart=/opt/example/bin/agent\n'
  expect(taken(text, ids)).toEqual(['hostname'])
  expect(taken(text.replace('agent', 'run'), ids)).toEqual(ids)
})

describe('what names say is written', () => {
  it.each([
    'PHOTO_CACHE_DIR',
    'LOGFILE',
    '--log-dir',
    '--pid',
    '-output',
    'TMPDIR',
    'app.state.path',
  ])('is that by %s', (name) => {
    expect(isWrittenByName(name)).toBe(true)
  })
  it.each(['DATA_DIR', 'CATALOG', '--config', 'STATEMENT', 'OUTPUT_FORMAT', 'stamp', ''])(
    'is not that by %s',
    (name) => {
      expect(isWrittenByName(name)).toBe(false)
    },
  )

  it.each([
    'Environment=PHOTO_CACHE_DIR=/usr/share/frame/photos\nExecStart=/opt/frame/run',
    'ExecStart=/opt/frame/run --cache-dir=/usr/share/frame/photos',
    'ExecStart=/opt/frame/run --cache-dir /usr/share/frame/photos',
  ])('stays writable by %j', (lines) => {
    expect(taken(`[Service]\n${lines}\nUser=example\n`, ['write-system'])).toEqual([])
  })
  it.each([
    'Environment=FRAME_DIR=/usr/share/frame/photos\nExecStart=/opt/frame/run',
    'ExecStart=/opt/frame/run --theme-dir=/usr/share/frame/photos',
    'ExecStart=/opt/frame/run --cache-dir x /usr/share/frame/photos',
    'ExecStart=/opt/frame/run --cache-dir=/var/cache/frame',
  ])('is nowhere in the system by %j', (lines) => {
    expect(taken(`[Service]\n${lines}\nUser=example\n`, ['write-system'])).toEqual(['write-system'])
  })
})

describe('the images of boards', () => {
  const guessed = (lines: string, files?: Parameters<typeof hostOf>[0]): readonly string[] =>
    needs(service(`[Service]\n${lines}\n`, '257', 'a.service', files && hostOf(files))).flatMap(
      ({access, because}) => (/small board|`sudo`/.test(because) ? [access] : []),
    )

  it.each([
    ['ExecStart=/opt/x/run\nUser=pi', true, true],
    ['ExecStart=/opt/x/run\nUser=orangepi', true, true],
    ['ExecStart=/opt/x/run\nUser=pihole', false, false],
    ['ExecStart=/usr/bin/python3 /home/pi/x/run.py', true, false],
    ['ExecStart=/usr/bin/python3 run.py\nWorkingDirectory=/home/pi', true, false],
    ['ExecStart=/usr/bin/python3 /home/pia/x/run.py', false, false],
    ['ExecStart=/opt/x/run', false, false],
  ])('%j: may work with what is wired to them: %s, may use sudo: %s', (lines, wired, sudo) => {
    const found = guessed(lines)
    expect(found.includes('raw-devices')).toBe(wired)
    expect(found.includes('kernel-tunables')).toBe(wired)
    expect(found.includes('privileges-by-exec')).toBe(sudo)
  })

  it('may use no sudo that is not seen where scripts are in sight', () => {
    const lines = 'ExecStart=/usr/bin/python3 /opt/x/run.py\nUser=pi'
    expect(guessed(lines, {'/opt/x/run.py': 'print(1)\n'})).not.toContain('privileges-by-exec')
  })
})

describe('what runs as a user', () => {
  const maySudo = (lines: string): boolean =>
    needs(service(`[Service]\n${lines}\n`, '257', 'hive.service')).some(
      ({access, because}) => access === 'privileges-by-exec' && because.includes('`sudo`'),
    )

  it.each([
    ['ExecStart=/opt/x/run\nUser=mark', true],
    ['ExecStart=/usr/bin/node /srv/x/server.js\nUser=mark', true],
    ['ExecStart=/opt/x/run\nUser=bruno', true],
    ['ExecStart=/opt/x/run\nUser=ubuntu', true],
    ['ExecStart=/srv/ubuntu/run\nUser=ubuntu', true],
    ['ExecStart=/opt/marks/run\nUser=mark', true],
    // What is made for a service is called like it.
    ['ExecStart=/opt/x/run\nUser=hive', false],
    ['ExecStart=/opt/mark/run\nUser=mark', false],
    ['ExecStart=/opt/mark2-run\nUser=mark', false],
    ['ExecStart=/opt/x/run\nStateDirectory=Mark\nUser=mark', false],
    ['ExecStart=/opt/x/run\nUser=www-data', false],
    ['ExecStart=/opt/x/run\nUser=musicbot', false],
    ['ExecStart=/opt/x/run\nUser=postgres', false],
    // Packages make accounts for what they bring.
    ['ExecStart=/usr/sbin/hived\nUser=mark', false],
    ['ExecStart=/opt/x/run', false],
  ])('%j: may be a person, who may run anything by `sudo`: %s', (lines, may) => {
    expect(maySudo(lines)).toBe(may)
  })
})

describe('what runs as somebody from the home of that one', () => {
  const guessed = (lines: string, files?: Parameters<typeof hostOf>[0]): boolean =>
    needs(service(`[Service]\n${lines}\n`, '257', 'a.service', files && hostOf(files))).some(
      ({access, because}) => access === 'privileges-by-exec' && because.includes('`sudo`'),
    )

  it.each([
    ['ExecStart=/home/mark/hive/run\nUser=mark', true],
    ['ExecStart=/usr/bin/python3 run.py\nWorkingDirectory=/home/mark\nUser=mark', true],
    ['ExecStart=/home/mark/venv/bin/gunicorn app:app\nUser=mark', true],
    ['ExecStart=/opt/hive/run\nUser=hive', false],
    // What no home has is no program of whoever lives there, though it keeps its files there.
    ['ExecStart=/opt/hive/run\nWorkingDirectory=/home/mark\nUser=mark', false],
    ['ExecStart=/opt/hive/run --data /home/mark/data\nUser=mark', false],
    ['ExecStart=/usr/bin/puma\nWorkingDirectory=/home/mark/rack\nUser=mark', false],
    [
      'ExecStart=/usr/bin/java -cp hive.jar org.hive.Run\nWorkingDirectory=/home/mark\nUser=mark',
      false,
    ],
    ['ExecStart=/usr/bin/python3 -m hive\nWorkingDirectory=/home/mark\nUser=mark', true],
    ['ExecStart=/usr/bin/python3 -m hive\nWorkingDirectory=/srv/mark\nUser=mark', false],
    ['ExecStart=/usr/bin/python3 -m uvicorn\nWorkingDirectory=/home/mark\nUser=mark', false],
    ['ExecStart=/home/mark/hive/run\nUser=hive', false],
    ['ExecStart=/home/mark/hive/run', false],
    ['ExecStart=/usr/sbin/nginx -c nginx.conf\nWorkingDirectory=/home/mark\nUser=mark', false],
  ])('%j may run anything by sudo: %s', (lines, expected) => {
    expect(guessed(lines)).toBe(expected)
  })

  it('tells itself where it is a script in sight', () => {
    const lines = 'ExecStart=/usr/bin/python3 /home/mark/run.py\nUser=mark'
    expect(guessed(lines)).toBe(true)
    expect(guessed(lines, {'/home/mark/run.py': 'print(1)\n'})).toBe(false)
  })
})

test.each([
  'Description=Start the web camera in tmux\n[Service]\nExecStart=/opt/example/run',
  '[Service]\nExecStart=/usr/local/bin/fifo_server',
])('what is for a terminal that stays or a named pipe is met in the folder of all: %s', (lines) => {
  expect(taken(`[Unit]\n${lines}\nUser=example\n`, ['shared-tmp'])).toEqual([])
})

test('what an author wrote for a shell counts for what it is meant to start', () => {
  const ids: readonly AccessId[] = ['write-exec-memory']
  const line = 'ExecStart=source venv/bin/activate && /usr/bin/node app.js'
  expect(taken(`[Service]\n${line}\n`, ids)).toEqual([])
  expect(taken(`[Service]\n${line.replace('&&', '--')}\n`, ids)).toEqual(ids)
})

test.each(['deployhook', 'shop-deployer', 'githooks'])(
  'a service that is called %s may run scripts that make folders for groups',
  (name) => {
    const text = '[Service]\nExecStart=/opt/example/run\n'
    expect(taken(text, ['suid-files', 'privileges-by-exec'], `${name}.service`)).toEqual([])
  },
)

test.each(['dyndns', 'ddns-update', 'wanip'])(
  'a service that is called %s may call `ip`',
  (name) => {
    const text = '[Service]\nExecStart=/opt/example/run\nUser=example\n'
    expect(taken(text, ['@privileged', 'netlink'], `${name}.service`)).toEqual([])
  },
)

describe('programs that people wrote for themselves', () => {
  const audit: readonly AccessId[] = ['CAP_AUDIT_WRITE']

  it.each(['/usr/local/bin/watch.py', '/usr/bin/node /srv/app.js', '/usr/bin/npm start'])(
    'are as unknown where they name what they run on: %s',
    (command) => {
      expect(taken(`[Service]\nExecStart=${command}\n`, ['@resources', ...audit])).toEqual([])
    },
  )

  it.each([
    '/usr/bin/python3 app.py',
    '/usr/bin/python3 tools/sync.py',
    '/usr/bin/python3 -m watch',
    '/usr/bin/node .',
    '/usr/bin/php artisan queue:work',
    '/usr/bin/python3 /srv/sync.py',
  ])(
    'are as unknown where they are named as seen from their folder, or as a tool is: %s',
    (line) => {
      const text = `[Service]\nExecStart=${line}\nWorkingDirectory=/srv/watch\n`
      expect(taken(text, audit)).toEqual([])
    },
  )

  it.each([
    ['/usr/share/hive', 'app.py'],
    ['/', '-m hive'],
    ['/srv/hive', '-m http.server'],
  ])('are others where packages have them: in %s, python3 %s', (folder, args) => {
    const text = `[Service]\nExecStart=/usr/bin/python3 ${args}\nWorkingDirectory=${folder}\n`
    expect(taken(text, audit)).toEqual(audit)
  })

  it.each(['/usr/local/sbin/bridge', '/opt/hive/logger', '/srv/hub/hub'])(
    'are as unknown where they are called like a program of others: %s',
    (command) => {
      const compiling: readonly AccessId[] = ['write-exec-memory']
      expect(taken(`[Service]\nExecStart=${command}\n`, compiling)).toEqual([])
      const brought = `[Service]\nExecStart=/usr/sbin/${command.split('/').at(-1)}\n`
      expect(taken(brought, compiling)).toEqual(compiling)
    },
  )

  it('may keep less for the audit where a package brought them', () => {
    expect(taken('[Service]\nExecStart=/usr/bin/hive\n', audit)).toEqual(audit)
  })

  it('work for another user by the word for root, but not in its home', () => {
    const found = (folder: string): AccessId[] =>
      taken(
        `[Service]\nExecStart=/usr/bin/python3 /srv/a.py\nWorkingDirectory=${folder}\n`,
        ['privileges-by-exec'],
        'hive.service',
      )
    expect(found('/root')).toEqual(['privileges-by-exec'])
    expect(found('/root/hive')).toEqual(['privileges-by-exec'])
    expect(found('/srv/root')).toEqual([])
  })
})

describe('what brings a system up to date', () => {
  const ids: readonly AccessId[] = ['personality', 'user-namespaces']
  const command = '[Service]\nExecStart=/usr/local/bin/hive\n'

  it.each(['updater', 'updater_daemon', 'auto-update', 'os-updater', 'system-upgrade'])(
    'may do anything: %s',
    (name) => {
      expect(taken(command, ids, `${name}.service`)).toEqual([])
    },
  )

  it.each(['update', 'hive-updater', 'system', 'auto'])('is not what is called %s', (name) => {
    expect(taken(command, ids, `${name}.service`)).toEqual(ids)
  })
})

test.each<[string, readonly AccessId[]]>([
  ['miner', ['raw-devices', 'kernel-tunables', 'CAP_SYS_RAWIO']],
  ['wallpaper', ['raw-devices', 'shared-tmp']],
  ['codex', ['suid-files', '@debug', 'personality']],
])('a program that is called %s keeps %j', (name, kept) => {
  const text = `[Service]\nExecStart=/srv/${name}\nUser=example\n`
  expect(taken(text, kept)).toEqual([])
  expect(taken(text.replaceAll(name, 'invoices'), kept)).toEqual(kept)
})

describe('what drives hardware', () => {
  const loading: readonly AccessId[] = ['kernel-modules', 'CAP_SYS_MODULE', '@module']

  it.each(['heater', 'pool-heating', 'hvac', 'radiators'])(
    'is what warms or cools a house: %s',
    (name) => {
      const ids: readonly AccessId[] = ['raw-devices', 'kernel-tunables', 'CAP_SYS_RAWIO']
      const text = '[Service]\nExecStart=/opt/example/run\n'
      expect(taken(text, ids, `${name}.service`)).toEqual([])
      expect(taken(text, ids, 'invoices.service')).toEqual(ids)
    },
  )

  it.each(['thermostat', 'gpio-lights', 'packet-firewall', 'wifi-hotspot'])(
    'loads its modules by itself, as root: %s',
    (name) => {
      const text = `[Service]\nExecStart=/opt/example/${name}\n`
      expect(taken(text, loading)).toEqual([])
      expect(taken(text.replace(name, 'invoices'), loading)).toEqual(loading)
    },
  )
})

test('what is given a screen of its own may be a browser, which sandboxes pages', () => {
  const ids: readonly AccessId[] = ['user-namespaces', 'suid-files', 'privileges-by-exec']
  const text = '[Service]\nExecStart=/usr/bin/xvfb-run -a /opt/example/run\nUser=example\n'
  expect(taken(text, ids)).toEqual([])
  expect(taken(text.replace('/usr/bin/xvfb-run -a ', ''), ids)).toEqual(ids)
})
