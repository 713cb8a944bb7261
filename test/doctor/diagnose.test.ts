import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {entryOf} from '../../src/doctor/journal.ts'
import {diagnosisOf} from '../../src/doctor/diagnosis.ts'
import type {Diagnosis} from '../../src/doctor/diagnosis.ts'
import {Symptoms} from '../../src/doctor/symptoms.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {load} from '../../src/unit/load.ts'
import {applyEdits} from '../../src/syntax/edit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {target} from '../../src/facts/targets.ts'

function diagnosed(text: string, lines: readonly string[], version = '257'): Diagnosis {
  const symptoms = new Symptoms()
  for (const line of lines) {
    const entry = entryOf(line)
    if (entry) symptoms.take(entry)
  }
  const its = target(version)
  if (!its) throw new Error(`Expected systemd ${version}`)
  const sources = [{path: 'app.service', role: 'fragment' as const, tree: parse(text)}]
  const unit = load(sources, {name: 'app.service', type: 'service', target: its, manager: 'system'})
  return diagnosisOf(unitFor(unit), symptoms.all)
}

/** What became of services under a systemd, 257 where it is not said; see test/boot/doctor.py. */
interface Row {
  readonly version?: string
  readonly job: string
  readonly unit: string
  readonly journal: readonly unknown[]
  readonly guilty: readonly string[]
}

function rows(name: string): Row[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}

describe.each([
  ['jobs', 'broken.jsonl', 400, 0.97, 0.98],
  ['daemons', 'daemons.jsonl', 140, 0.91, 0.91],
])('%s that one line broke, among others that do no harm', (_, file, least, first, three) => {
  const told = rows(file).flatMap(({unit, journal, guilty, version}) => {
    const {symptoms, causes} = diagnosed(
      unit,
      journal.map((entry) => JSON.stringify(entry)),
      version,
    )
    // Some fail without a word.
    if (symptoms.every(({kind}) => kind === 'status')) return []
    const keys = new Set(guilty.map((line) => line.slice(0, line.indexOf('='))))
    keys.delete('SystemCallErrorNumber')
    return [causes.findIndex(({directive}) => keys.has(directive))]
  })

  it('are many', () => {
    expect(told.length).toBeGreaterThan(least)
  })

  it('have it named first, nearly always', () => {
    expect(told.filter((at) => at === 0).length / told.length).toBeGreaterThan(first)
    expect(told.filter((at) => at !== -1 && at < 3).length / told.length).toBeGreaterThan(three)
  })
})

it('blames nothing where nothing was denied', () => {
  const blamed = rows('healthy.jsonl').flatMap(({job, unit, journal}) => {
    const {causes} = diagnosed(
      unit,
      journal.map((entry) => JSON.stringify(entry)),
    )
    return causes.map(({directive, message}) => `${job}: ${directive}: ${message}`)
  })
  // What is read-only is so for that, whatever else would have kept these from it.
  expect(blamed).toEqual([
    "chown-user: ProtectHome: chown: changing ownership of '/home/u': Read-only file system",
    "rmdir: ProtectSystem: rmdir: failed to remove '/etc/app': Read-only file system",
  ])
})

describe('a service that fails without a word', () => {
  const failed = [
    'Nov 29 03:26:38 host systemd[1]: app.service: Main process exited, code=exited, status=1/FAILURE',
  ]
  const service = (program: string, ...lines: string[]): string =>
    ['[Service]', `ExecStart=${program}`, ...lines, ''].join('\n')

  it('is guessed at where its program is known to need what a line denies, and only there', () => {
    const {causes} = diagnosed(
      service(
        '/usr/bin/node /srv/a.js',
        'ProtectClock=yes',
        'MemoryDenyWriteExecute=yes',
        'LockPersonality=yes',
      ),
      failed,
    )
    expect(causes.map(({directive, why}) => `${directive}: ${why}`)).toEqual([
      'MemoryDenyWriteExecute: a guess, as the log says nothing of it: what the service runs makes writable memory executable, which it denies',
    ])
    expect(
      diagnosed(service('/usr/bin/node /srv/a.js', 'ProtectClock=yes'), failed).causes,
    ).toEqual([])
    expect(
      diagnosed(service('/usr/bin/app', 'MemoryDenyWriteExecute=yes', 'PrivateNetwork=yes'), failed)
        .causes,
    ).toEqual([])
  })
})

describe('a line among others', () => {
  const service = (...lines: string[]): string =>
    ['[Service]', 'ExecStart=/usr/bin/app', ...lines, ''].join('\n')
  const failed = (message: string): string =>
    `Nov 29 03:26:38 host (app)[7]: app.service: ${message}`
  const ended = (message: string): string =>
    `Nov 29 03:26:38 host systemd[1]: app.service: ${message}`

  it.each<[string, string[], string[], string[]]>([
    [
      'a program is not run where its linker may not be',
      ['NoExecPaths=/usr/lib'],
      [failed('Failed at step EXEC spawning /usr/bin/app: Permission denied')],
      ['NoExecPaths'],
    ],
    [
      'so where only its folder may be run',
      ['NoExecPaths=/', 'ExecPaths=/usr/bin'],
      [failed('Failed at step EXEC spawning /usr/bin/app: Permission denied')],
      ['NoExecPaths'],
    ],
    [
      'all is read-only',
      ['ReadOnlyPaths=/'],
      ['mkdir: /srv/a: Read-only file system'],
      ['ReadOnlyPaths'],
    ],
    [
      'what may be written is left out',
      ['ReadOnlyPaths=/', 'ReadWritePaths=/srv'],
      ['mkdir: /srv/a: Read-only file system'],
      [],
    ],
    [
      'threads take memory',
      ['LimitAS=20M', 'TasksMax=100'],
      ["Can't create thread: Resource temporarily unavailable"],
      ['LimitAS'],
    ],
    [
      'what may be run is left out',
      ['NoExecPaths=/', 'ExecPaths=/usr'],
      [failed('Failed at step EXEC spawning /usr/bin/app: Permission denied')],
      [],
    ],
    [
      'folders are not run',
      ['NoExecPaths=/srv', 'WorkingDirectory=/srv/a'],
      [failed('Failed at step CHDIR spawning /usr/bin/app: Permission denied')],
      [],
    ],
    [
      'processes are counted when a program is run',
      ['TasksMax=9', 'LimitNPROC=9'],
      [failed('Failed at step EXEC spawning /usr/bin/app: Resource temporarily unavailable')],
      ['LimitNPROC'],
    ],
    [
      'a path stands above its error',
      ['InaccessiblePaths=/var/lib'],
      [">>> 'dir /var/lib/app'", 'Permission denied'],
      ['InaccessiblePaths'],
    ],
    [
      'a traceback names files of programs',
      ['InaccessiblePaths=/opt'],
      ['  File "/opt/a.py", line 1', 'FileNotFoundError'],
      [],
    ],
    [
      'nobody writes to what is inaccessible',
      ['InaccessiblePaths=/var/log'],
      ['mkdir: /var/log/a: Read-only file system'],
      ['InaccessiblePaths'],
    ],
    [
      'links lead to what is inaccessible',
      ['InaccessiblePaths=/etc/ssl'],
      ['cannot open /etc/app/cert: Permission denied'],
      ['InaccessiblePaths'],
    ],
    [
      'programs speak the language of the machine',
      ['ProtectSystem=strict', 'ProtectHome=yes'],
      [
        'mkdir: das Verzeichnis „/srv/a“ kann nicht angelegt werden: Das Dateisystem ist nur lesbar',
      ],
      ['ProtectSystem'],
    ],
    [
      'in whatever letters',
      ['RestrictAddressFamilies=AF_UNIX', 'ProtectHome=yes'],
      ['socket: アドレスファミリはプロトコルによってサポートされていません'],
      ['RestrictAddressFamilies'],
    ],
    [
      'modules are files',
      ['ProtectHome=yes'],
      ["Error: Cannot find module '/home/a/b.js'"],
      ['ProtectHome'],
    ],
    [
      'users stand in a file',
      ['TemporaryFileSystem=/etc'],
      ["chown: invalid user: 'app'"],
      ['TemporaryFileSystem'],
    ],
    [
      'users may be unknown',
      ['TemporaryFileSystem=/srv', 'CapabilityBoundingSet='],
      ["chown: invalid user: 'app'"],
      [],
    ],
    [
      'masters tell how their children died',
      ['SystemCallFilter=~@clock'],
      ['[alert] worker process 8 exited on signal 31'],
      ['SystemCallFilter'],
    ],
    [
      'what died for a call was denied it, whatever else failed',
      ['ReadOnlyPaths=/var', 'SystemCallFilter=~@clock'],
      [
        'open /var/a: Read-only file system',
        ended('Main process exited, code=killed, status=31/SYS'),
      ],
      ['SystemCallFilter', 'ReadOnlyPaths'],
    ],
    [
      'what is said to be the last failure counts more',
      ['ReadOnlyPaths=/var', 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'],
      [
        'Could not make /var/a: Read-only file system',
        'Fatal: cannot bind to 127.0.0.1:80: Permission denied',
      ],
      ['CapabilityBoundingSet', 'ReadOnlyPaths'],
    ],
    [
      'low ports take a capability, and addresses are of the Internet',
      ['RestrictAddressFamilies=AF_INET AF_INET6', 'CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'],
      ['Could not open command socket on 127.0.0.1:323'],
      ['CapabilityBoundingSet'],
    ],
    [
      'high ports take none',
      ['CapabilityBoundingSet=~CAP_NET_BIND_SERVICE'],
      ['Could not open command socket on 127.0.0.1:3230'],
      [],
    ],
    [
      'files that are open are counted',
      ['LimitNOFILE=64', 'LimitNPROC=9'],
      ['failed to set rlimit for open files'],
      ['LimitNOFILE'],
    ],
    [
      'a signal says which limit',
      ['LimitFSIZE=1G', 'LimitAS=1G'],
      [ended('Main process exited, code=killed, status=25/XFSZ')],
      ['LimitFSIZE'],
    ],
    [
      'nothing bears the smallest limits',
      ['LimitAS=20M', 'LimitDATA=1G'],
      [ended('Main process exited, code=dumped, status=11/SEGV')],
      ['LimitAS'],
    ],
    [
      'even by waiting',
      ['LimitNOFILE=8:1024', 'LimitNPROC=1024'],
      [ended("Failed with result 'timeout'.")],
      ['LimitNOFILE'],
    ],
    [
      'who is to notify may',
      ['Type=notify', 'NotifyAccess=none'],
      [ended("Failed with result 'timeout'.")],
      [],
    ],
  ])('%s', (_, lines, messages, blamed) => {
    expect(diagnosed(service(...lines), messages).causes.map(({directive}) => directive)).toEqual(
      blamed,
    )
  })
})

describe('what is to be given back', () => {
  const service = (...lines: string[]): string =>
    ['[Service]', 'ExecStart=/usr/bin/app', ...lines, ''].join('\n')

  it.each([
    [
      ['ProtectSystem=strict'],
      'app: cannot create /srv/app/data/x: Read-only file system',
      'Add `ReadWritePaths=/srv/app/data`',
    ],
    [['ProtectSystem=full'], 'app: Read-only file system', 'Set `ProtectSystem=yes`'],
    [
      ['ProtectHome=read-only'],
      'app: open /home/a/x/y: read-only file system',
      'Add `ReadWritePaths=/home/a/x`',
    ],
    [
      ['ProtectHome=yes'],
      'app: open /home/a/x/y: no such file or directory',
      'Set `ProtectHome=read-only`',
    ],
    [
      ['ProtectHome=yes'],
      'app: cannot create /home/a/x/y: Directory nonexistent',
      'Set `ProtectHome=tmpfs`, add `BindPaths=/home/a/x`',
    ],
    [
      ['DevicePolicy=strict'],
      'Nov 29 03:26:38 host (app)[7]: app.service: Failed to set up standard input: Operation not permitted',
      'Set `DevicePolicy=closed`',
    ],
    [
      ['ProtectSystem=strict'],
      '/opt/app/run: 3: cannot create /etc/x/y: Read-only file system',
      'Add `ReadWritePaths=/etc/x`',
    ],
    [
      ['CapabilityBoundingSet=CAP_KILL'],
      "chown: changing ownership of 'x': Operation not permitted",
      'Add `CapabilityBoundingSet=CAP_CHOWN`',
    ],
    [
      [
        'SystemCallErrorNumber=EPERM',
        'SystemCallFilter=@system-service',
        'SystemCallFilter=~@privileged',
      ],
      'chown: chown of x: Operation not permitted',
      'Add `SystemCallFilter=@chown`',
    ],
    [
      ['SystemCallFilter=@system-service'],
      'type=SECCOMP msg=audit(1.1:5): arch=c000003e syscall=165',
      'Add `SystemCallFilter=mount`',
    ],
    [
      ['RestrictAddressFamilies=AF_UNIX'],
      'connect: Address family not supported by protocol',
      'Add `RestrictAddressFamilies=AF_INET AF_INET6`',
    ],
    [
      ['RestrictAddressFamilies=none'],
      'socket(AF_UNIX): Address family not supported by protocol',
      'Set `RestrictAddressFamilies=AF_UNIX`',
    ],
    [
      ['PrivateNetwork=yes'],
      'connect to 10.0.0.1: Network is unreachable',
      'Set `PrivateNetwork=no`',
    ],
    [
      ['DevicePolicy=strict'],
      'app: open /dev/fuse: Operation not permitted',
      'Add `DeviceAllow=/dev/fuse rw`',
    ],
    [
      ['NotifyAccess=none'],
      'Nov 29 03:26:38 host systemd[1]: app.service: Got notification message from PID 8, but reception is disabled',
      'Set `NotifyAccess=all`',
    ],
    [
      ['WorkingDirectory=/home/a', 'ProtectHome=yes'],
      'Nov 29 03:26:38 host (app)[7]: app.service: Changing to the requested working directory failed: No such file or directory',
      'Set `ProtectHome=read-only`',
    ],
    [['LimitNOFILE=10'], 'accept: Too many open files', 'Take `LimitNOFILE=10` out'],
    [
      ['ReadWritePaths=/srv/missing'],
      'Nov 29 03:26:38 host (app)[7]: app.service: Failed to set up mount namespacing: /srv/missing: No such file or directory',
      'Write `-/srv/missing`',
    ],
  ])('%j: %s', (lines, message, title) => {
    const {causes} = diagnosed(service(...lines), [message])
    expect(causes[0]?.fix?.title).toBe(title)
    expect(causes[0]?.fix?.edits).not.toEqual([])
  })

  it.each([
    ['ReadWritePaths=/srv/x /run/gone', '/run/gone', 'ReadWritePaths=/srv/x -/run/gone'],
    ['ReadOnlyPaths=+/run/gone', '/run/gone', 'ReadOnlyPaths=-+/run/gone'],
    ['BindPaths=/run/gone:/b', '/run/gone', 'BindPaths=-/run/gone:/b'],
    [
      'InaccessiblePaths=/run/gone',
      '/run/systemd/unit-root/run/gone',
      'InaccessiblePaths=-/run/gone',
    ],
    ['BindReadOnlyPaths="/run/gone"', '/run/gone', 'BindReadOnlyPaths=-"/run/gone"'],
    ['TemporaryFileSystem=/run/gone', '/run/gone', undefined],
  ])('marks what is missing, and no more: %s', (line, path, marked) => {
    const unit = service(line)
    const {causes} = diagnosed(unit, [
      `Nov 29 03:26:38 host (app)[7]: app.service: Failed to set up mount namespacing: ${path}: No such file or directory`,
    ])
    const edits = causes[0]?.fix?.edits ?? []
    expect(applyEdits(unit, edits)).toBe(
      marked === undefined ? unit.replace(`${line}\n`, '') : unit.replace(line, marked),
    )
  })

  it('is not said where the log does not tell', () => {
    const {causes} = diagnosed(service('SystemCallFilter=~@clock'), [
      'app.service: x',
      'Nov 29 03:26:38 host systemd[1]: app.service: Main process exited, code=killed, status=31/SYS',
    ])
    expect(causes.map(({directive, fix}) => [directive, fix])).toEqual([
      ['SystemCallFilter', undefined],
    ])
  })
})
