import {describe, expect, test} from 'vitest'
import {isAccess} from '../../src/facts/accesses.ts'
import type {AccessId} from '../../src/facts/accesses.ts'
import type {TracedService} from '../../src/needs/evidence/traced.ts'
import {ofTrace} from '../../src/needs/evidence/of-trace.ts'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {traceIn} from '../../src/needs/evidence/trace-profile.ts'
import {service} from '../unit/unit.ts'

const seen: TracedService = {
  program: '/usr/bin/unheard-of',
  programs: ['/usr/bin/unheard-of'],
  logs: ['a.log'],
  runs: 1,
  seen: ['start', 'accept'],
  calls: ['read', 'write', 'epoll_wait'],
  refused: [],
  did: {},
  tried: {},
  places: {},
  asRoot: [],
  unclear: [],
}

function applicability(
  denied: readonly AccessId[],
  traced: Partial<TracedService>,
  text: string,
): string {
  const unit = service(`[Service]\n${text}\n`)
  return weigh(denied, needs(unit, undefined, false, {services: [{...seen, ...traced}]}))
    .applicability
}

const root = 'ExecStart=/usr/bin/unheard-of'
const own = `User=app\n${root}`

describe('what a trace closes', () => {
  test.each<[AccessId, Partial<TracedService>, string, string]>([
    ['write-exec-memory', {}, own, 'safe'],
    ['write-exec-memory', {seen: ['start']}, own, 'safe'],
    [
      'write-exec-memory',
      {seen: ['accept']},
      own.replaceAll('/usr/bin/unheard-of', '/opt/unheard-of'),
      'unsafe',
    ],
    [
      'write-exec-memory',
      {did: {'write-exec-memory': ['makes memory executable']}},
      own,
      'withheld',
    ],
    ['inet', {}, own, 'safe'],
    ['inet', {seen: ['start']}, own, 'unsafe'],
    ['inet', {unclear: ['rings']}, own, 'unsafe'],
    ['inet', {unclear: ['cut']}, own, 'unsafe'],
    ['inet', {seen: ['start', 'end']}, `Type=oneshot\n${own}`, 'safe'],
    ['home-read', {places: {read: ['/home/*']}}, own, 'withheld'],
    ['write-anywhere', {}, own, 'safe'],
    ['write-anywhere', {unclear: ['writes']}, own, 'unsafe'],
    ['write-anywhere', {places: {write: ['/srv/a']}}, own, 'withheld'],
    ['write-anywhere', {places: {write: ['/srv/a']}}, `${own}\nReadWritePaths=/srv/a`, 'safe'],
    ['shared-tmp', {places: {write: ['/tmp']}}, own, 'safe'],
    ['host-users', {}, own, 'safe'],
    ['host-users', {}, root, 'unsafe'],
    ['CAP_DAC_OVERRIDE', {}, root, 'safe'],
    ['CAP_DAC_OVERRIDE', {asRoot: ['/etc/unheard-of']}, root, 'unsafe'],
    ['CAP_SETUID', {}, root, 'safe'],
    ['CAP_SETUID', {seen: ['start']}, root, 'unsafe'],
    ['@resources', {calls: ['setpriority']}, own, 'withheld'],
    ['@setuid', {calls: ['setresuid']}, own, 'withheld'],
    ['unlisted-system-calls', {calls: ['chroot']}, own, 'withheld'],
    ['unix-sockets', {}, own, 'unsafe'],
    ['fixed-user', {}, root, 'unsafe'],
  ])('%s: %j of %j is %s', (access, service, text, expected) =>
    expect(applicability([access], service, text)).toBe(expected),
  )

  test('is not opened again by another log that was cut', () => {
    const unit = service(`[Service]\n${own}\n`)
    const cut: TracedService = {...seen, unclear: ['cut']}
    expect(ofTrace(unit, {services: [cut]})).toMatchObject({
      hasWork: false,
      unseen: expect.arrayContaining(['the end of the log']) as string[],
    })
    expect(ofTrace(unit, {services: [cut, seen]})).toMatchObject({
      hasWork: true,
      source: 'traced: a.log, 2 runs',
    })
    expect(ofTrace(unit, {services: [{...cut, did: {inet: ['x']}}, seen]})?.lacks.has('inet')).toBe(
      false,
    )
  })

  test('is nothing of others', () => {
    const unit = service(`[Service]\n${own}\n`)
    expect(ofTrace(unit, {services: [{...seen, programs: ['/usr/bin/other']}]})).toBeUndefined()
    expect(ofTrace(unit, {services: [{...seen, unit: 'other.service'}]})).toBeUndefined()
    expect(ofTrace(unit, {services: [{...seen, program: '', programs: []}]})?.hasStart).toBe(true)
  })

  test('gives way to what is measured of a program, not to what its kind does', () => {
    const node = {programs: ['/usr/bin/node'], program: '/usr/bin/node'}
    expect(
      applicability(['write-exec-memory'], node, 'User=app\nExecStart=/usr/bin/node /srv/a.js'),
    ).toBe('withheld')
    const daemon = {programs: ['/usr/sbin/mosquitto'], program: '/usr/sbin/mosquitto'}
    const text = 'ExecStart=/usr/sbin/mosquitto'
    expect(applicability(['CAP_SETUID'], {...daemon, seen: ['start']}, text)).toBe('withheld')
    expect(applicability(['CAP_SETUID'], daemon, text)).toBe('safe')
    expect(
      applicability(['CAP_SETUID'], {...daemon, did: {CAP_SETUID: ['becomes another user']}}, text),
    ).toBe('withheld')
  })

  test('closes accesses alone', () => {
    for (const [phases, text] of [
      [['start'], own],
      [['start', 'accept'], root],
      [['start', 'accept'], own],
    ] as const) {
      const lacks = ofTrace(service(`[Service]\n${text}\n`), {
        services: [{...seen, seen: phases, unclear: ['writes']}],
      })?.lacks
      expect([...(lacks?.keys() ?? ['none'])].filter((id) => !isAccess(id))).toEqual([])
    }
  })

  test('knows better than what the code can do, with the work', () => {
    const its = {program: '/usr/sbin/gld', programs: ['/usr/sbin/gld']}
    const gld = 'User=app\nExecStart=/usr/sbin/gld'
    expect(applicability(['@setuid'], its, gld)).toBe('safe')
    expect(applicability(['@setuid'], {...its, seen: ['start']}, gld)).toBe('withheld')
    const did = {'@setuid': ['becomes another user']}
    expect(applicability(['@setuid'], {...its, did}, gld)).toBe('withheld')
  })

  test('knows better than guesses, with the work', () => {
    const script = {programs: ['/opt/x/run.sh'], program: '/opt/x/run.sh'}
    const text = 'User=app\nExecStart=/opt/x/run.sh'
    expect(weigh(['kernel-modules'], needs(service(`[Service]\n${text}\n`))).applicability).toBe(
      'unsafe',
    )
    expect(applicability(['kernel-modules'], script, text)).toBe('safe')
    expect(applicability(['kernel-modules'], {...script, seen: ['start']}, text)).toBe('unsafe')
  })

  test('of a start tells nothing of what a runtime may do for clients', () => {
    const node = {programs: ['/opt/x/app.js'], program: '/opt/x/app.js'}
    const text = 'User=app\nExecStart=/opt/x/app.js'
    const unit = service(`[Service]\n${text}\n`)
    const lacks = (phases: TracedService['seen']) => [
      ...(needs(unit, undefined, false, {
        services: [{...seen, ...node, seen: phases}],
      }).traced?.lacks.keys() ?? []),
    ]
    expect(lacks(['start'])).toEqual(expect.arrayContaining(['clock', 'kernel-modules']))
    expect(lacks(['start', 'accept'])).toEqual(
      expect.arrayContaining(['clock', 'inet', 'CAP_SETUID']),
    )
    expect([...lacks(['start']), ...lacks(['start', 'accept'])]).not.toContain(undefined)
  })

  test('is said, and what is not in it', () => {
    const unit = service(`[Service]\n${own}\n`)
    expect(ofTrace(unit, {services: [{...seen, seen: ['start']}]})).toMatchObject({
      source: 'traced: a.log, 1 run',
      unseen: ['no accept', 'no stop', 'no connect', 'no reload'],
    })
  })
})

describe('what a trace shows', () => {
  const unit = service(`[Service]\n${own}\nReadWritePaths=/srv/own\n`)
  /** What it needs, with why. */
  const told = (traced: Partial<TracedService>): readonly string[] =>
    ofTrace(unit, {services: [{...seen, calls: [], ...traced}]})?.needs.map(
      ({access, because, path}) => `${access}: ${because}${path === undefined ? '' : ` (${path})`}`,
    ) ?? []

  test.each<[Partial<TracedService>, readonly string[]]>([
    [{}, []],
    [{did: {inet: ['connects', 'listens']}}, ['inet: traced: `unheard-of` connects']],
    [{did: {inet: []}}, ['inet: traced: `unheard-of` did']],
    [{program: '', did: {inet: ['connects']}}, ['inet: traced: `the service` connects']],
    [{calls: ['setpriority']}, ['@resources: traced: `unheard-of` calls `setpriority`']],
    // Of `@chown`, and of `@privileged` by that alone.
    [{calls: ['chown']}, ['@chown: traced: `unheard-of` calls `chown`']],
    [
      {calls: ['chroot']},
      [
        '@mount: traced: `unheard-of` calls `chroot`',
        'unlisted-system-calls: traced: `unheard-of` calls `chroot`',
      ],
    ],
    [{calls: ['capset']}, ['@privileged: traced: `unheard-of` calls `capset`']],
    [{calls: ['execve', 'exit_group', 'rt_sigreturn']}, []],
    [{calls: ['unheard_of']}, ['unlisted-system-calls: traced: `unheard-of` calls `unheard_of`']],
    [{places: {write: ['/tmp']}}, ['temporary-files: traced: `unheard-of` writes `/tmp` (/tmp)']],
    [
      {places: {write: ['/var/tmp']}},
      ['temporary-files: traced: `unheard-of` writes `/var/tmp` (/var/tmp)'],
    ],
    [
      {places: {write: ['/dev/shm/a']}},
      ['lasting-ipc: traced: `unheard-of` writes `/dev/shm/a` (/dev/shm/a)'],
    ],
    [{places: {read: ['/dev/shm/a']}}, []],
    [{places: {run: ['/usr/bin/a', '/lib64/a']}}, []],
    [
      {places: {run: ['/opt/usr/bin/a']}},
      ['run-anywhere: traced: `unheard-of` runs `/opt/usr/bin/a` (/opt/usr/bin/a)'],
    ],
    [
      {places: {run: ['/opt/home/a']}},
      ['run-anywhere: traced: `unheard-of` runs `/opt/home/a` (/opt/home/a)'],
    ],
    [
      {places: {read: ['/proc']}},
      ['other-processes', 'host-pids', 'proc-files'].map(
        (id) => `${id}: traced: \`unheard-of\` reads \`/proc\` (/proc)`,
      ),
    ],
    [{places: {write: ['/srv/own/a']}}, []],
    [{places: {read: ['/etc/mtab']}}, []],
    [{places: {read: ['/etc/mtab', '/opt/root']}}, []],
  ])('%j needs %j', (traced, expected) => expect(told(traced)).toEqual(expected))

  test('takes a home that is mounted for it alone for another', () => {
    const because = 'home-write: traced: `unheard-of` looks at what is mounted, and into homes'
    expect(told({places: {read: ['/etc/mtab', '/home/a']}})).toContain(because)
    expect(told({places: {read: ['/etc/mtab', '/root/a', '/etc/x']}})).toContain(because)
    expect(told({places: {read: ['/home/a']}})).not.toContain(because)
    expect(told({places: {read: ['/etc/mtab', '/srv/home']}})).not.toContain(because)
    expect(told({places: {run: ['/home/a/b']}}).some((one) => one.startsWith('home-'))).toBe(true)
  })

  test('is never certain', () => {
    const its = ofTrace(unit, {
      services: [
        {
          ...seen,
          calls: ['chown'],
          did: {inet: ['x']},
          places: {read: ['/etc/mtab', '/home/a'], write: ['/tmp']},
        },
      ],
    })
    expect(its?.needs.some(({certain}) => certain)).toBe(false)
    expect(its?.needs.length).toBeGreaterThan(3)
  })

  test('is told with its logs and runs', () => {
    const source = (...services: ReadonlyArray<Partial<TracedService>>) =>
      ofTrace(unit, {services: services.map((one) => ({...seen, ...one}))})?.source
    expect(source({logs: []})).toBe('traced: a log, 1 run')
    expect(source({logs: ['a', 'b', 'c']}, {logs: ['a'], runs: 2})).toBe(
      'traced: a and 2 more, 3 runs',
    )
    expect(source({}, {program: '/opt/b', programs: ['/opt/b', '/usr/bin/unheard-of']})).toBe(
      'traced: a.log, 2 runs',
    )
    expect(ofTrace(unit, {services: [seen]})?.lacks.get('inet')).toMatchObject({grade: 'traced'})
    expect(
      ofTrace(unit, {services: [seen]})
        ?.lacks.get('inet')
        ?.words(),
    ).toBe('traced: a.log, 1 run')
  })

  test.each<[string, string, boolean]>([
    ['a.service', 'a.service', true],
    ['b.service', 'a.service', false],
    ['a@b.service', 'a@.service', true],
    ['ab@b.service', 'a@.service', false],
    ['a@b.service', 'a@c.service', false],
    ['b.a@', 'a@.service', false],
    ['a.service', 'a@.service', false],
  ])('of %s is that of %s: %s', (name, its, expected) => {
    const named = service(`[Service]\n${own}\n`, '257', its)
    expect(ofTrace(named, {services: [{...seen, unit: name}]}) !== undefined).toBe(expected)
  })

  test('of what ran already is that of a unit where it is the only one', () => {
    const already = {...seen, program: '', programs: []}
    expect(ofTrace(unit, {services: [already]})).toBeDefined()
    expect(ofTrace(unit, {services: [already, {...seen, programs: ['/opt/b']}]})).toBeUndefined()
  })

  test('of a helper is no start of the service', () => {
    const its = service(`[Service]\n${own}\nExecStartPre=/opt/pre\n`)
    const pre = {...seen, program: '/opt/pre', programs: ['/opt/pre']}
    expect(ofTrace(its, {services: [pre]})).toMatchObject({
      hasStart: false,
      hasWork: false,
      source: 'traced: a.log, 0 runs',
    })
    expect(ofTrace(its, {services: [pre]})?.lacks.size).toBe(0)
    expect(ofTrace(its, {services: [pre, {...seen, seen: ['accept']}, seen]})).toMatchObject({
      hasStart: true,
      hasWork: true,
    })
  })

  test.each<[string, readonly TracedService['seen'][number][], readonly string[], boolean]>([
    ['', [], ['no start', 'no accept', 'no stop', 'no connect', 'no reload'], false],
    ['', ['start', 'datagram', 'stop', 'connect', 'reload'], [], true],
    ['', ['start', 'end'], ['no accept', 'no stop', 'no connect', 'no reload'], false],
    ['Type=oneshot\n', ['start', 'end'], ['no connect'], true],
    ['Type=oneshot\n', ['start'], ['no end', 'no connect'], false],
  ])('%j with %j lacks %j, and has its work: %s', (lines, phases, unseen, hasWork) => {
    expect(
      ofTrace(service(`[Service]\n${lines}${own}\n`), {services: [{...seen, seen: phases}]}),
    ).toMatchObject({unseen, hasWork})
  })

  test('says what is unclear', () => {
    expect(
      ofTrace(unit, {services: [{...seen, unclear: ['rings', 'writes', 'cut']}]}),
    ).toMatchObject({
      hasWork: false,
      tellsWrites: false,
      unseen: [
        'no stop',
        'no connect',
        'no reload',
        'what went through io_uring',
        'the folder of some paths',
        'the end of the log',
      ],
    })
    expect(ofTrace(unit, {services: [{...seen, unclear: ['writes']}]})).toMatchObject({
      hasWork: true,
      tellsWrites: false,
    })
    expect(ofTrace(unit, {services: [seen]})).toMatchObject({hasWork: true, tellsWrites: true})
  })

  test('knows better of the kernel alone, and only with the work', () => {
    const outweighs = (phases: TracedService['seen']) => [
      ...(ofTrace(unit, {services: [{...seen, seen: phases}]})?.outweighs ?? []),
    ]
    expect(outweighs(['start'])).toEqual([])
    expect(outweighs(['start', 'accept'])).toEqual(
      expect.arrayContaining(['clock', 'CAP_SETUID', '@mount']),
    )
    expect(outweighs(['start', 'accept'])).not.toContain('inet')
  })
})

describe('a profile', () => {
  test.each<[unknown, string]>([
    [
      {},
      'Expected a summary of `unitlint trace --summary`: an object with `"form": "unitlint-trace"`',
    ],
    [{form: 'unitlint-trace', version: 9}, 'Unexpected version of a summary, expected 1'],
    [{form: 'unitlint-trace', version: 1}, 'Expected `services`'],
    [
      {form: 'unitlint-trace', version: 1, services: [{...seen, calls: 3}]},
      'Unexpected `services[0]`, expected what `unitlint trace --summary` writes',
    ],
    ...[
      ...[
        {program: 1},
        {programs: 'a'},
        {logs: [1]},
        {refused: {}},
        {asRoot: undefined},
        {did: []},
        {did: {inet: 'x'}},
        {tried: null},
        {seen: 1},
        {unclear: [2]},
      ],
      ...[{places: []}, {places: {read: 'a'}}, {runs: '1'}, {unit: 1}, null],
    ].map((wrong): [unknown, string] => [
      {form: 'unitlint-trace', version: 1, services: [seen, wrong && {...seen, ...wrong}]},
      'Unexpected `services[1]`, expected what `unitlint trace --summary` writes',
    ]),
    ...[null, [], 'a', {form: 'a', version: 1}].map((wrong): [unknown, string] => [
      wrong,
      'Expected a summary of `unitlint trace --summary`: an object with `"form": "unitlint-trace"`',
    ]),
  ])('%j is refused', (value, told) => expect(traceIn(value)).toBe(told))

  test('passes over accesses that are not known', () => {
    const read = traceIn({
      form: 'unitlint-trace',
      version: 1,
      services: [{...seen, did: {inet: ['x'], teleports: ['y']}}],
    })
    expect(read).toEqual({
      services: [
        {...seen, unit: undefined, places: {run: [], read: [], write: []}, did: {inet: ['x']}},
      ],
    })
  })

  test('has phases and what is unclear in their order, without those that are not known', () => {
    const its = {
      ...seen,
      unit: 'a.service',
      seen: ['accept', 'dances', 'start'],
      unclear: ['cut', 'x', 'writes'],
      places: {read: ['/a']},
    }
    expect(traceIn({form: 'unitlint-trace', version: 1, services: [its]})).toMatchObject({
      services: [
        {
          unit: 'a.service',
          seen: ['start', 'accept'],
          unclear: ['writes', 'cut'],
          places: {read: ['/a'], run: [], write: []},
        },
      ],
    })
  })
})
