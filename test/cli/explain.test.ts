import {build} from 'esbuild'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {directiveNames, everywhere} from '../../src/facts/directives.ts'
import {impliedBy} from '../../src/facts/hardening.ts'
import {newestVersion, oldestVersion} from '../../src/facts/targets.ts'
import {presets} from '../../configs/index.ts'
import {serviceKinds} from '../../src/needs/programs/tables/kinds.ts'
import {directivePage} from '../../src/explain/directive.ts'
import {impliers, implies} from '../../src/explain/implied.ts'
import {pageLines, table} from '../../src/cli/page.ts'
import {question} from '../../src/explain/question.ts'
import {example} from '../../src/explain/examples.ts'
import {newestFacts, takenBy} from '../../src/explain/versions.ts'
import {makeFolder} from '../files/folder.ts'
import {times} from '../times.ts'
import {bundling} from './bundle.ts'
import {cli} from './cli.ts'

const asked = (...words: string[]) => cli(['explain', ...words, '--no-config'], {cwd: makeFolder()})

/** By what is asked. Backticks are escaped, for these are template literals. */
const pages = {
  PrivateTmp: `
PrivateTmp=
Gives the unit a \`/tmp\` and \`/var/tmp\` of its own, which nobody else sees and which are emptied when
it stops.

Sections    [Service], [Socket], [Mount], [Swap]
Value       one of yes, no, connected (since 257), disconnected (since 257)
Repeated    the last line counts
Empty       ignored with a warning
Implied by  DynamicUser=yes (disconnected)
Manual      systemd.exec(5)

Values, weak to strong; not for a service that:
  no
  yes, connected (since 257)  shares \`/tmp\` or \`/var/tmp\` with others; starts before the local file
                              systems are mounted; makes mounts that others must see
  disconnected (since 257)    shares \`/tmp\` or \`/var/tmp\` with others; makes mounts that others must
                              see

In containers:
  docker, podman, rootless: is ignored (measured)
  lxc: is ignored (known: images turn it off in \`service.d/zzz-lxc-service.conf\`)
  lxc-without-nesting: fails 226/NAMESPACE (known: AppArmor denies the mounts; \`nesting\` allows
  them)

Rules:
  no-hidden-path: Disallow paths for the service that its own options hide
  no-private-tmp-socket: Disallow \`PrivateTmp=\` where a socket lies in \`/tmp\`
  private-tmp: Require \`PrivateTmp=yes\` or stricter
`,
  SystemCallFilter: `
SystemCallFilter=
Says which system calls the processes may make: the listed ones, or behind a \`~\`, all but those.

Sections  [Service], [Socket], [Mount], [Swap]
Since     187
Value     system calls and groups of them behind \`@\`, each with an error behind a colon if wanted;
          behind \`~\`, all but those
Example   SystemCallFilter=@system-service
Repeated  lines add up
Empty     takes it back to the default
Manual    systemd.exec(5)

Some values; not for a service that:
  ~@mount          makes mounts that others must see; tries system calls that it can do without;
                   uses \`CAP_SYS_CHROOT\`; makes system calls of \`@mount\`
  @system-service  the same; makes system calls that services seldom make; sets or tunes the clock;
                   loads or reads kernel modules; sets the host name; reads or writes the kernel
                   log; uses any of 8 capabilities; makes system calls of \`@privileged\`, \`@pkey\`,
                   \`@clock\`, \`@cpu-emulation\`, \`@debug\`, \`@module\`, \`@obsolete\`, \`@raw-io\`,
                   \`@reboot\`, \`@swap\`

Rules:
  system-call-filter: Deny system calls that the service does not make
`,
  ExecStart: `
ExecStart=
Runs the program of the service. Several commands are for \`Type=oneshot\` alone and run one after the
other.

Sections  [Service]
Value     a command line, read by systemd and not by a shell
Prefixes  \`-\` its failure does not count; \`@\` the next word is what the program is called; \`:\`
          variables are left alone; \`+\` without \`User=\` and sandboxing; \`!\` without \`User=\`, but
          with sandboxing; \`|\` run by a shell (since 258)
Example   ExecStart=/usr/bin/example --option "two words"
Repeated  with \`Type=oneshot\`, one command runs after the other
Empty     takes back all lines so far
Manual    systemd.service(5)

Rules:
  no-lost-variable: Disallow variables that systemd takes away before a shell or program sees them
  no-quoted-command: Disallow quotes around a whole command, which make one name of a program of it
  no-shell-syntax: Disallow what only shells read where systemd starts the program itself
  no-sudo: Disallow \`sudo\` in commands of services with a user of their own
  no-type-mismatch: Disallow a \`Type=\` that does not fit how the program lives
  no-unexpanded-variable: Disallow variables where systemd leaves them as they stand
`,
  OnCalendar: `
OnCalendar=
Goes off at these dates and times, by the clock on the wall.

Sections  [Timer]
Since     197
Value     dates and times, as \`systemd-analyze calendar\` explains them
Example   OnCalendar=Mon..Fri 09:00
Repeated  lines add up
Empty     takes back all On*Sec= and OnCalendar= of the unit so far
Manual    systemd.timer(5)

Rules:
  no-coarse-timer: Disallow timers that are less accurate, or more random, than they are often
  no-impossible-date: Disallow dates of timers that never come
  no-restless-timer: Disallow timers that elapse each second
`,
  MemoryLimit: `
MemoryLimit=
Limited the memory of the unit, in terms of version 1 of control groups.

Sections  [Service], [Socket], [Mount], [Swap], [Slice], [Scope]
Since     34; 205 in [Slice]; 206 in [Scope]
Gone      without effect since 258, with a warning
Instead   MemoryMax=
Value     a size with K, M, G, T, or a percentage of all memory; or infinity
Example   MemoryLimit=512M
Repeated  the last line counts
`,
  DelegateSubgroup: `
DelegateSubgroup=
Puts the processes into a control group of this name below the delegated one.

Sections  [Service], [Scope]
Ignored   in [Socket], [Mount], [Swap], [Slice], with a warning
Since     257, and packages from 254.26-1~bpo12+1 and 255.4-1ubuntu8.19 on
Value     the name of a control group
Example   DelegateSubgroup=supervisor
Repeated  the last line counts
Empty     takes it back to the default
Manual    systemd.resource-control(5)
`,
  Unit: `
Unit= in [Timer]
Names the unit to start, when it is not the service called like the timer.

Value     the name of a unit
Example   Unit=example.service
Repeated  the first line counts, further ones are ignored with a warning
Empty     ignored with a warning
Manual    systemd.timer(5)

Unit= in [Path]
Names the unit to start, when it is not the service called like the path unit.

Value     the name of a unit
Example   Unit=example.service
Repeated  the first line counts, further ones are ignored with a warning
Empty     ignored with a warning
Manual    systemd.path(5)

Rules:
  no-missing-activated-unit: Disallow timers, paths and sockets that start a unit that is not there
`,
  StartLimitInterval: `
StartLimitInterval= in [Unit]
Sets the time within which the unit may be started \`StartLimitBurst=\` times at most. With \`0\` there
is no limit.

Since     229
Instead   StartLimitIntervalSec=
Value     a time span: seconds, or with units
Example   StartLimitInterval=1min 30s
Repeated  the last line counts
Empty     ignored with a warning

StartLimitInterval= in [Service]
Sets the time within which the unit may be started \`StartLimitBurst=\` times at most. With \`0\` there
is no limit.

Since     42
Instead   [Unit] StartLimitIntervalSec=
Value     a time span: seconds, or with units
Example   StartLimitInterval=1min 30s
Repeated  the last line counts
Empty     ignored with a warning
`,
  'ProtectSystem=full': `
ProtectSystem=full
Makes \`/usr\` and boot files, then \`/etc\` too, then the whole file system read-only.

Sections    [Service], [Socket], [Mount], [Swap]
Since       214
Value       one of yes, no, full, strict
Repeated    the last line counts
Empty       ignored with a warning
Implied by  DynamicUser=yes (strict)
Manual      systemd.exec(5)

Not for a service that:
  writes below \`/etc\`
  writes below \`/usr\` or \`/boot\`
  makes mounts that others must see

In containers:
  docker, podman, rootless: is ignored (measured)
  lxc: is ignored (known: images turn it off in \`service.d/zzz-lxc-service.conf\`)
  lxc-without-nesting: fails 226/NAMESPACE (known: AppArmor denies the mounts; \`nesting\` allows
  them)

Rules:
  no-closed-settings: Disallow settings below \`/etc\` where \`ProtectSystem=\` and owners decide
  whether the service may change them
  no-writable-file: Disallow \`ReadWritePaths=\` of one file in a folder that is read-only
  protect-system: Require \`ProtectSystem=strict\`
`,
  'Restart=allways': `
Restart=allways
Says after which kinds of end the service is started again. An end that was asked for is never one
of them.

Sections  [Service]
Value     one of no, on-success, on-failure, on-abnormal, on-watchdog, on-abort, always
Accepted  by none: Unexpected \`allways\`, expected \`no\`, \`on-success\`, \`on-failure\`, \`on-abnormal\`,
          \`on-watchdog\`, \`on-abort\` or \`always\`
Repeated  the last line counts
Empty     ignored with a warning
Manual    systemd.service(5)

Rules:
  no-idle-restart: Disallow restarts after a clean exit of services that remain active
`,
  'OnCalendar=Sun 2:30 Europe/Berlin': `
OnCalendar=Sun 2:30 Europe/Berlin
Goes off at these dates and times, by the clock on the wall.

Sections  [Timer]
Since     197
Value     dates and times, as \`systemd-analyze calendar\` explains them
Repeated  lines add up
Empty     takes back all On*Sec= and OnCalendar= of the unit so far
Manual    systemd.timer(5)

Rules:
  no-coarse-timer: Disallow timers that are less accurate, or more random, than they are often
  no-impossible-date: Disallow dates of timers that never come
  no-restless-timer: Disallow timers that elapse each second

Comes next:
  Sun 2026-12-06 02:30:00 Europe/Berlin, Sun 2026-12-06 01:30:00 UTC
  Sun 2026-12-13 02:30:00 Europe/Berlin, Sun 2026-12-13 01:30:00 UTC
  Sun 2026-12-20 02:30:00 Europe/Berlin, Sun 2026-12-20 01:30:00 UTC
  Sun 2026-12-27 02:30:00 Europe/Berlin, Sun 2026-12-27 01:30:00 UTC
  Sun 2027-01-03 02:30:00 Europe/Berlin, Sun 2027-01-03 01:30:00 UTC
`,
  '30 min': `
30 min
Time span     30min
Microseconds  1800000000
`,
  '2020-01-01': `
2020-01-01
Comes next:
  never
`,
  '[Socket] Delegate': `
Delegate=
Leaves the control groups below the unit to the unit, as container managers need it.

Sections  [Socket]
Since     218
Ignored   in this section, with a warning
Manual    systemd.resource-control(5)

Rules:
  delegate: Hand control groups only to services that manage them
  no-idle-option: Disallow options that others leave without effect
`,
  TCPWrapName: `
TCPWrapName=
Sections  [Service], [Socket], [Mount], [Swap]
Gone      unknown since 212
`,
}

describe('explain of presets', () => {
  it('tells of all of them whom they are for', async () => {
    for (const name of Object.keys(presets)) {
      const {status, stdout} = await asked(name)
      expect({status, stdout}).toEqual({
        status: 0,
        stdout: expect.stringMatching(
          new RegExp(`^${name}\\n[A-Z][^]+\\.\\n\\nRules +[0-9]`),
        ) as string,
      })
    }
  })

  it('tells what a profile grants, and when it is chosen', async () => {
    expect((await asked('timer-job')).stdout.replaceAll(/[0-9]+ (error|warn|info)/g, 'some $1'))
      .toBe(`timer-job
For jobs that tidy up on this machine and need no network.

Rules  some error, some warn
Use    --preset timer-job, or "extends": ["timer-job"] in a config

Its profile says that such services need this and no more, but for what the unit or its programs
show:

Always:
  reads home directories
  writes to home directories
  writes outside of the directories that the unit declares
  writes below \`/etc\`
  writes temporary files
  owns files that must keep their owner
  makes files that its group may read
  makes files that everyone may read
  opens local sockets
  runs where there is no \`/sys/fs/bpf\`, as in some containers

Where it starts as root:
  uses the power of root over the host
  works with files and processes of other users
  opens files that only root may open
  uses \`CAP_CHOWN\`
  uses \`CAP_DAC_OVERRIDE\`
  uses \`CAP_DAC_READ_SEARCH\`
  uses \`CAP_FOWNER\`
  uses \`CAP_FSETID\`
  makes system calls of \`@chown\`
  makes system calls of \`@privileged\`

\`--preset auto\` chooses it for what:
  tidies up on this machine: updatedb, updatedb.plocate, updatedb.mlocate, mandb, tmpreaper,
  tmpwatch
`)
  })

  it('tells what there is to choose from', async () => {
    const {stdout} = await asked('auto')
    for (const kind of serviceKinds) expect(stdout).toContain(`\n  ${kind} `)
  })
})

describe('explain', () => {
  it.each(Object.entries(pages))('tells of %s', async (text, expected) => {
    expect(await asked(text)).toEqual({
      status: text === 'Restart=allways' ? 1 : 0,
      stdout: expected.slice(1),
      stderr: '',
    })
  })

  it.each([100, 40])(
    'tells of every directive within %i columns, and nothing that is empty',
    (width) => {
      const names = directiveNames()
      expect(names.length).toBeGreaterThan(500)
      for (const key of names) {
        const lines = pageLines(directivePage({section: undefined, key, value: undefined}, [])!, {
          width,
          heading: (text) => text,
        })
        expect(lines[0]?.startsWith(`${key}=`), key).toBe(true)
        const isTitle = (line: string): boolean => line.startsWith(key) || line.endsWith(':')
        const bad = lines.filter(
          (line) =>
            (line.length > width && !isTitle(line)) ||
            line !== line.trimEnd() ||
            /undefined|\[object|NaN| \(\)/.test(line),
        )
        expect(bad, key).toEqual([])
      }
    },
  )

  it('takes a section in front, in brackets or with a dot, and words of its own for them', async () => {
    const {stdout} = await asked('Timer.Unit')
    expect(stdout).toMatch(/^Unit=\n.*called like the timer/)
    expect((await asked('[Timer] Unit=')).stdout).toBe(stdout)
    expect((await asked('[Timer]Unit')).stdout).toBe(stdout)
  })

  it.each([
    ['Timer.Restart', 'unitlint: Unexpected section `[Timer]`, expected `[Service]`\n'],
    ['[Unitt] After', 'unitlint: Unexpected section `[Unitt]`, did you mean `[Unit]`?\n'],
    ['.Restart', 'unitlint: Unexpected section `[]`, expected `[Service]`\n'],
    [
      'PrivateTpm=yes',
      'unitlint: Unexpected rule or directive `PrivateTpm`, did you mean `PrivateTmp`?\n',
    ],
    [
      'Mon *-*-1..7 25:00',
      'unitlint: Unexpected time `Mon *-*-1..7 25:00`, expected one such as `Mon..Fri 03:00` or `5min`\n',
    ],
    ['5 mintues', 'unitlint: Unexpected time `5 mintues`, did you mean `5 minutes`?\n'],
    ['0 3 * * *', 'unitlint: Unexpected time `0 3 * * *`, did you mean `*-*-* 03:00:00`?\n'],
    ['every 5 minutes', 'unitlint: Unexpected time `every 5 minutes`, did you mean `*:0/5`?\n'],
    [
      'Image',
      "unitlint: Unexpected directive `Image`, which is Quadlet's, in `[Container]`, `[Volume]`, `[Image]`: podman-systemd.unit(5) explains it\n",
    ],
    [
      'Container.AutoUpdate',
      "unitlint: Unexpected directive `AutoUpdate`, which is Quadlet's, in `[Container]`, `[Kube]`: podman-systemd.unit(5) explains it\n",
    ],
    ['__proto__', 'unitlint: Unexpected rule or directive `__proto__`\n'],
    ['=', 'unitlint: Unexpected rule or directive `=`\n'],
  ])('refuses %s', async (text, stderr) => {
    expect(await asked(text)).toEqual({status: 2, stdout: '', stderr})
  })

  it.each([
    'OnCalendar=foo',
    'Timer.OnCalendar=0 3 * * *',
    'RestartSec=5 mintues',
    'Restart=alwyas',
  ])('fails for %s, which no systemd takes', async (text) => {
    const {status, stdout} = await asked(text)
    expect(status).toBe(1)
    expect(stdout).toContain('Accepted  by none: Unexpected')
  })

  it.each(['OnCalendar=daily', 'PrivateTmp=disconnected', 'Restart=always'])(
    'does not for %s',
    async (text) => {
      expect((await asked(text)).status).toBe(0)
    },
  )

  it('prints a value as what it is, not as what it does to a terminal', async () => {
    const {stdout} = await asked('Description=\u001B[31mred\nline')
    expect(stdout).toMatch(/^Description=\\x1b\[31mred\\x0aline\n/)
    expect(stdout).not.toContain('\u001B')
  })

  it('says for a value which versions take it', () => {
    expect(takenBy('Service', 'PrivateTmp', 'yes')).toBeUndefined()
    expect(takenBy('Service', 'PrivateTmp', 'disconnected')).toBe('by 257 and later')
    expect(takenBy('Service', 'MemoryPressureWatch', 'on')).toBeUndefined()
    expect(takenBy('Service', 'MemoryLimit', '1x')).toMatch(/^by none: Unexpected `1x`/)
    expect(takenBy('Service', 'TCPWrapName', 'x')).toBeUndefined()
  })
})

it('tells of any value without a crash or a control character', () => {
  const names = directiveNames()
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.string({unit: 'binary', minLength: 1, maxLength: 60}),
      (key, value) => {
        const lines = pageLines(directivePage({section: undefined, key, value}, [])!, {
          width: 80,
          heading: (text) => text,
        })
        expect(lines.join('')).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      },
    ),
    {numRuns: times(500)},
  )
})

it('keeps the summaries out of what lints', {timeout: 60_000}, async () => {
  const {metafile} = await build({
    ...bundling,
    entryPoints: ['src/cli/lint/run.ts', 'src/cli/run.ts'],
    splitting: false,
    outdir: 'nowhere',
    write: false,
  })
  const summariesOf = (entry: string): string[] => {
    const output = Object.values(metafile.outputs).find(({entryPoint}) => entryPoint === entry)
    return Object.keys(output?.inputs ?? {}).filter((input) => input.includes('/summaries'))
  }
  expect(summariesOf('src/cli/run.ts').length).toBeGreaterThan(5)
  expect(summariesOf('src/cli/lint/run.ts')).toEqual([])
})

describe('a question', () => {
  it.each([
    ['Restart', undefined, 'Restart', undefined],
    ['Restart=', undefined, 'Restart', undefined],
    ['Restart= always ', undefined, 'Restart', 'always'],
    ['Service.Restart=always', 'Service', 'Restart', 'always'],
    [' [Service]  Restart = on-failure', 'Service', 'Restart', 'on-failure'],
    ['Environment=A=[b].c', undefined, 'Environment', 'A=[b].c'],
    ['', undefined, '', undefined],
    ['[', undefined, '[', undefined],
    ['[]', '', '', undefined],
    ['['.repeat(50_000), undefined, '['.repeat(50_000), undefined],
  ])('%.20s', (text, section, key, value) => {
    expect(question(text)).toEqual({section, key, value})
  })
})

describe('what is implied', () => {
  it('is all that the model says, in both directions', () => {
    const implying = directiveNames().filter((name) => impliedBy(name).length > 0)
    expect(implying.length).toBeGreaterThan(3)
    for (const name of implying) {
      expect(
        implies(name)
          .map((text) => text.replace(/=.*/, ''))
          .toSorted(),
      ).toEqual(impliedBy(name).toSorted())
      for (const key of impliedBy(name)) expect(impliers(key).join()).toContain(`${name}=yes`)
    }
    expect(implies('PrivateDevices').toSorted()).toEqual([
      'CapabilityBoundingSet= without CAP_SYS_RAWIO, CAP_MKNOD',
      'DevicePolicy=closed',
    ])
    expect(impliers('PrivateNetwork')).toEqual([])
  })
})

it('shows examples that are taken by all versions that know the directive', () => {
  const examples = directiveNames().flatMap((key) =>
    everywhere(key).flatMap((known) =>
      known.sections.flatMap((section) => {
        const facts =
          (known.unknownSince ?? Infinity) > oldestVersion
            ? newestFacts(section, key, known)
            : undefined
        const value = facts && example(section, facts)
        return value === undefined || isForSlices(section, key) ? [] : [{section, key, value}]
      }),
    ),
  )
  expect(examples.length).toBeGreaterThan(700)
  expect(
    examples.flatMap(({section, key, value}) =>
      takenBy(section, key, value) === undefined ? [] : `[${section}] ${key}=${value}`,
    ),
  ).toEqual([])
  expect(newestVersion).toBeGreaterThan(oldestVersion)
})

/** 247 has it in the table of scopes, and refuses it there. */
function isForSlices(section: string, key: string): boolean {
  return section === 'Scope' && key === 'ManagedOOMMemoryPressureLimitPercent'
}

describe('a table', () => {
  const at = (width: number) => ({width, heading: (text: string) => text})

  it('puts texts beside labels, and below those that are too long', () => {
    expect(
      table(
        [
          ['a', 'one two'],
          ['long', ''],
          ['b', 'three four five'],
        ],
        at(16),
      ),
    ).toEqual(['a     one two', 'long', 'b     three four', '      five'])
    expect(
      table(
        [
          ['a', 'one'],
          ['a very long label', 'two'],
        ],
        at(20),
        ' ',
      ),
    ).toEqual([' a         one', ' a very long label', '           two'])
  })
})

describe('when a calendar event comes', () => {
  it('is told from a time on, and as often as asked', async () => {
    const {stdout} = await asked(
      '*:0/30:0.5 UTC',
      '--base-time',
      '2026-12-24 18:00',
      '--iterations=2',
    )
    expect(stdout).toContain(
      'Comes next:\n  Thu 2026-12-24 18:00:00.500000 UTC\n  Thu 2026-12-24 18:30:00.500000 UTC\n',
    )
    expect((await asked('daily', '--base-time', '@1800000000', '--iterations=1')).stdout).toContain(
      '2027-01-',
    )
  })

  it.each([
    [['--base-time', 'soon'], 'Unexpected `soon`, expected a time such as'],
    [['--iterations', '0'], 'Unexpected `0`, expected a number from 1 to 999'],
  ])('refuses %j', async (words, message) => {
    expect(await asked('daily', ...words)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(message),
    })
  })
})
