import {describe, expect, test} from 'vitest'
import {commands} from '../../src/needs/evidence/commands.ts'
import {environment} from '../../src/needs/evidence/environment.ts'
import {activity} from '../../src/needs/evidence/activity.ts'
import {readScript} from '../../src/needs/evidence/shell.ts'
import {needs} from '../../src/needs/needs.ts'
import {hintsOf} from '../../src/needs/programs/hints.ts'
import {service} from '../unit/unit.ts'

/** The words of all commands of a service. */
function wordsOf(lines: string): ReadonlyArray<readonly string[]> {
  return commands(service(`[Service]\n${lines}\n`)).map(({words}) => words)
}

describe('the words of a command', () => {
  test.each<[string, ReadonlyArray<readonly string[]>]>([
    [
      'Environment=A=1 B=%n\nExecStart=/x $A ${A}b $Ab a$A $$A $B %n',
      [['/x', '1', '1b', '$Ab', 'a$A', '$A', 'a.service', 'a.service']],
    ],
    ['Environment=HOME=/h\nExecStart=/x $HOME/y ${HOME} $HOMEX', [['/x', '/h/y', '/h', '$HOMEX']]],
    ['ExecStart=/x $HOME/y %z', [['/x', '$HOME/y', '%z']]],
    [
      `Environment=A=${'a'.repeat(256)} B=${'b'.repeat(257)}\nExecStart=/x $\{A} $\{B}`,
      [['/x', 'a'.repeat(256), '${B}']],
    ],
    [
      `Environment="A=b  'c d'" E= F=${'f'.repeat(20_000)}\nExecStart=/x $A $E $F $F`,
      [['/x', 'b', 'c d', 'f'.repeat(20_000), '$F']],
    ],
    ['ExecStart=/a b ; /c \\; d ; ; /e', [['/a', 'b'], ['/c', ';', 'd'], ['/e']]],
    ['ExecStart=-@/a z b ; :+/c', [['/a', 'b'], ['/c']]],
    ['ExecStart=|a b > c ; d', [['/bin/sh', '-c', 'a b > c ; d']]],
    ['ExecStart=-', []],
    [
      ['Stop', 'StopPost', 'StartPost', 'Start', 'Condition', 'StartPre', 'Reload']
        .map((key) => `Exec${key}=/${key}`)
        .join('\n'),
      [
        ['/Condition'],
        ['/StartPre'],
        ['/Start'],
        ['/StartPost'],
        ['/Reload'],
        ['/Stop'],
        ['/StopPost'],
      ],
    ],
  ])('%j', (lines, expected) => {
    expect(wordsOf(lines)).toEqual(expected)
  })

  test('are read as far as people write them', () => {
    expect(wordsOf(`ExecStart=/x ${'a '.repeat(20_000)}`)[0]).toHaveLength(
      1 + (32_768 - 3) / 2 + 0.5,
    )
  })
})

test('variables are what is set last, without what has a specifier that means nothing', () => {
  const found = environment(
    service('[Service]\nEnvironment=A=1 "B=2 3" =4 C D=%n E=%z\nEnvironment=A=5\n'),
  )
  expect([...found.values()].map(({name, value}) => `${name}=${value}`)).toEqual([
    'B=2 3',
    'D=a.service',
    'A=5',
  ])
})

describe('a script', () => {
  test.each<[string, object]>([
    [
      'a b; c | d && e',
      {commands: [['a', 'b'], ['c'], ['d'], ['e']], redirections: [], values: []},
    ],
    ['A=1 x "$B" \'c d\'', {commands: [['x', '$B', 'c d']], redirections: [], values: ['1']}],
    [
      'a >b <c >>d <>e 2>&1 >&f 3<&0 &>g >&-',
      {
        commands: [['a']],
        redirections: [
          {path: 'b', use: 'write'},
          {path: 'c', use: 'read'},
          {path: 'd', use: 'write'},
          {path: 'e', use: 'read'},
          {path: 'e', use: 'write'},
          {path: 'f', use: 'write'},
          {path: 'g', use: 'write'},
        ],
        values: [],
      },
    ],
    ['', {commands: [], redirections: [], values: []}],
  ])('%j', (text, expected) => {
    const {commands: found, redirections, values} = readScript(text)
    const byText = (one: object, other: object): number =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1
    expect({
      commands: found.toSorted(byText),
      redirections: redirections.toSorted(byText),
      values,
    }).toEqual(expected)
  })

  test('is read as far as people write it', () => {
    expect(readScript(`${' '.repeat(4095)}a`).commands).toEqual([['a']])
    expect(readScript(`${' '.repeat(4096)}a`).commands).toEqual([])
    const budget = {characters: 5, fileCharacters: 0}
    expect(
      activity(['sh', '-c', 'a; b; c'], budget)
        .invocations.map(({program}) => program)
        .toSorted(),
    ).toEqual(['a', 'b', 'sh'])
    expect(budget.characters).toBe(0)
  })
})

describe('the name of a program', () => {
  test.each<[string, readonly string[]]>([
    ['fan-control.sh', ['drives hardware']],
    ['fanControl', ['drives hardware']],
    ['usbGadget_setup', ['drives hardware', 'changes what is installed']],
    ['fancontrol', ['drives hardware']],
    ['fancy', []],
    ['powerctl', ['switches hardware']],
    ['clean-up-filesystem', ['removes files of others']],
    ['cleanupOld.sh', ['removes files of others']],
    ['cleanroom', []],
    ['bt-mount', ['speaks Bluetooth', 'mounts file systems']],
    ['fan-fan', ['drives hardware']],
    ['probe.rb', ['asks other hosts, perhaps by `ping`, which has rights of its file']],
    ['project-folders', ['makes folders for others']],
    ['wallboard', ['shows what the machine does']],
    ['job-scheduler', ['tunes the kernel', 'runs jobs that others wrote']],
    ['shop-panel', ['administers the machine, perhaps by `sudo`']],
    ['judge', ['locks programs of others in']],
    ['lab-robot', ['is for a small board or what is wired to one']],
    ['price-scraper', ['may start a browser, which sandboxes pages']],
    ['news_crawlers.py', ['may start a browser, which sandboxes pages']],
    [
      'playwright-crawler',
      ['starts a browser, which sandboxes pages', 'may start a browser, which sandboxes pages'],
    ],
    ['skyscraper', []],
    ['shop-jobs', []],
    ['jobs.py', []],
    ['Shop background jobs', []],
    ['jobs-scheduler', ['tunes the kernel', 'runs jobs that others wrote']],
    ['Runs scripts from CI/CD jobs', ['does what others ask of it']],
    ['spin', []],
    ['weatherStation', ['may read sensors or drive hardware: many that are called so do']],
    ['vinyl_recorder', ['may play or record: many that are called so do']],
    ['shm-writer', ['shares memory or queues with others']],
    ['panels-judgement-ring', []],
    [`${'x'.repeat(124)}-fan`, ['drives hardware']],
    [`${'x'.repeat(125)}-fan`, []],
    ['__INSTALL_DIR__', []],
    ['{{ usb_dir }}/x', []],
    ['<%= usb %>-x', []],
    ['@usb@-x', []],
    ['web-shell', ['does what others ask of it']],
    ['shell-server.py', ['does what others ask of it']],
    ['shell-counts', []],
    ['MooseFS', []],
    ['OpenDHT', []],
    ['RootFS', ['works on disks']],
    ['a TCP/IP service', []],
    ['my-ip', ['asks other hosts, perhaps by `ping`, which has rights of its file']],
    ['moose-fs', ['works on disks']],
    [
      'roomDHT22',
      [
        'is for a small board or what is wired to one',
        'may time by itself what a sensor says, before all others',
      ],
    ],
    [
      'jukebox',
      [
        'may have buttons that are wired to a board: many that are called so have',
        'may play or record: many that are called so do',
      ],
    ],
    ['prepare-dirs', ['makes folders with the owners and rights that others need']],
    [
      'ping-door',
      [
        'sends probes, perhaps by `ping`, which has rights of its file',
        'may read sensors or drive hardware: many that are called so do',
      ],
    ],
    ['shopping', []],
    ['shell-ssh', ['does what others ask of it']],
  ])('%s suggests %j', (program, expected) => {
    expect(hintsOf(program).map(({because}) => because)).toEqual(expected)
  })
})

describe('commands show', () => {
  const shown = (lines: string): readonly string[] =>
    needs(service(`[Service]\n${lines}\n`)).map(
      ({access, certain, because}) => `${access}${certain ? '!' : ''}: ${because}`,
    )

  test('nothing of the sandbox behind `+`, and root behind `!`', () => {
    expect(shown('ExecStart=+/bin/rm /usr/x')).toEqual([])
    expect(shown('ExecStart=!/opt/x')).toEqual([
      'superuser: `ExecStart=!` runs as root',
      'root-files: `ExecStart=!` runs as root',
    ])
  })

  test('ports, in one argument or in two', () => {
    const port = (args: string): readonly string[] =>
      shown(`ExecStart=/opt/x ${args}`).filter((need) => need.includes('port'))
    expect(port('--port=80')).toContain('bind-ports: `ExecStart=` names port 80')
    expect(port('--port 80')).toContain('bind-ports: `ExecStart=` names port 80')
    expect(port('port=80')).toEqual([])
    expect(port('--x=80')).toEqual([])
  })

  test('that what runs updates itself', () => {
    const updates = (command: string): boolean =>
      shown(`ExecStart=${command}`).some((need) => need.startsWith('write-system:'))
    expect(shown('ExecStart=/usr/bin/cloudflared update')).toContain(
      'write-system: `ExecStart=` has `cloudflared` update itself, or what it has',
    )
    expect(updates('/usr/bin/tailscale upgrade')).toBe(true)
    expect(updates('/usr/bin/resticx self-update')).toBe(true)
    expect(updates('/usr/bin/cscli hub update')).toBe(true)
    expect(updates('/usr/bin/git submodule update')).toBe(false)
    expect(updates('/usr/bin/curl --update')).toBe(false)
    expect(updates('/usr/bin/geth --update update')).toBe(false)
    expect(updates('/usr/bin/geth updates')).toBe(false)
  })

  test('what starts browsers, or shows windows, by variables', () => {
    const lines = 'User=a\nExecStart=/usr/bin/node /srv/a.js'
    const isOfBrowser = (need: string): boolean =>
      need.startsWith('user-namespaces: ') && need.endsWith(' is for a browser')
    expect(
      shown(`Environment=PUPPETEER_EXECUTABLE_PATH=/usr/bin/chromium\n${lines}`).some(isOfBrowser),
    ).toBe(true)
    expect(shown(lines).some((need) => need.startsWith('user-namespaces'))).toBe(false)
    expect(
      shown(`Environment=DISPLAY=:0\n${lines}`).some((need) => need.startsWith('raw-devices')),
    ).toBe(true)
  })

  test('caches at home, unless a variable says otherwise', () => {
    const cache = (lines: string): readonly string[] =>
      shown(`${lines}ExecStart=/usr/bin/restic backup /srv`).filter((need) =>
        need.includes('for its cache'),
      )
    expect(cache('')).not.toEqual([])
    for (const name of ['RESTIC_CACHE_DIR', 'XDG_CACHE_HOME', 'BORG_CACHE_DIR', 'BORG_BASE_DIR'])
      expect(cache(`Environment=${name}=/var/cache/x\n`)).toEqual([])
    expect(cache('Environment=CACHE=/var/cache/x\n')).not.toEqual([])
  })
})
