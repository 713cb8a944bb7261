import {describe, expect, it, test} from 'vitest'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {parse} from '../../src/syntax/parse.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import {hostOf} from '../../src/unit/host.ts'
import {load} from '../../src/unit/load.ts'
import {service} from '../unit/unit.ts'

/** What is not safe because of others, with the reason. */
function ofOthers(lines: string, manager: 'system' | 'user' = 'system'): readonly string[] {
  const {target} = service('')
  const tree = parse(`[Service]\n${lines}\n`)
  const name = 'example.service'
  return needs(
    load([{path: name, role: 'fragment', tree}], {name, type: 'service', target, manager}),
  )
    .filter(({isOfOthers}) => isOfOthers)
    .map(({access, because}) => `${access}: ${because}`)
}

const shares = (user: string): readonly string[] => [
  `lasting-ipc: \`User=${user}\` may be that of others, whose shared memory would go when this service stops`,
]
const signals = (key: string): readonly string[] => [
  `CAP_KILL: \`${key}=\` signals the main process, which may have become another user`,
]

test('what is no service hangs on none', () => {
  const {target} = service('')
  const tree = parse('[Socket]\nListenStream=/run/x\nExecStartPre=/opt/x/run\nUser=postgres\n')
  const files = [{path: 'example.socket', role: 'fragment', tree}] as const
  const unit = load(files, {name: 'example.socket', type: 'socket', target, manager: 'system'})
  expect(needs(unit).filter(({isOfOthers}) => isOfOthers)).toEqual([])
})

test.each<[string, readonly string[]]>([
  ['ExecStart=/opt/x/run\nUser=postgres', shares('postgres')],
  ['ExecStart=/opt/x/run\nUser=u', shares('u')],
  ['ExecStart=/opt/x/run\nUser=1000', shares('1000')],
  // Named for the unit or its program, or these for it.
  ['ExecStart=/opt/x/run\nUser=example', []],
  ['ExecStart=/opt/x/run\nUser=_Example-1', []],
  ['ExecStart=/opt/x/run\nUser=exam', []],
  ['ExecStart=/opt/x/run\nUser=ex', shares('ex')],
  ['ExecStart=/opt/x/postgres\nUser=postgres', []],
  ['ExecStart=/opt/x/debian-tord\nUser=debian-tor', []],
  ['ExecStart=/opt/x/tord\nUser=debian-tor', []],
  ['ExecStartPre=/opt/x/postgres\nExecStart=/opt/x/run\nUser=postgres', shares('postgres')],
  ['ExecStart=/opt/x/run\nUser=other\nDynamicUser=yes', []],
  ['ExecStart=/opt/x/run', []],
  ['ExecStart=/opt/x/run\nExecReload=/bin/kill -HUP $MAINPID', signals('ExecReload')],
  ['ExecStart=/opt/x/run\nExecStop=/bin/sh -c "kill -INT ${MAINPID}"', signals('ExecStop')],
  ['ExecStart=/opt/x/run\nExecReload=/bin/kill -HUP 1', []],
  ['ExecStart=/opt/x/run\nUser=example\nExecReload=/bin/kill -HUP $MAINPID', []],
  [
    'ExecStart=/opt/x/run\nUser=example\nExecReload=!/bin/kill -HUP $MAINPID',
    signals('ExecReload'),
  ],
])('%j', (lines, expected) => expect(ofOthers(lines)).toEqual(expected))

test('who is of a user has no others', () => {
  expect(ofOthers('ExecStart=/opt/x/run\nUser=u', 'user')).toEqual([])
})

describe('what hangs on others', () => {
  const lines = '[Service]\nExecStart=/usr/bin/gitea\nUser=git\n'

  it('is not safe, and no program shows that it is', () => {
    const found = needs(service('[Service]\nExecStart=/opt/x/run\nUser=u\n'))
    expect(weigh(['lasting-ipc'], found).applicability).toBe('unsafe')
    for (const grade of ['read', 'traced', 'tried', 'once'] as const) {
      const borne = new Map([['lasting-ipc' as const, {grade, words: () => ''}]])
      expect(
        weigh(['lasting-ipc'], Object.assign([...found], {...found, borne})).applicability,
      ).toBe('unsafe')
    }
  })

  it('is safe where those who run the program say so', () => {
    const found = needs(service(lines))
    expect(found.borne.get('lasting-ipc')?.grade).toBe('attested')
    expect(weigh(['lasting-ipc'], found).applicability).toBe('safe')
  })
})

describe('who answers over the bus', () => {
  it('may look up in /proc who asks', () => {
    const found = needs(service('[Service]\nExecStart=/opt/x/run\nBusName=org.example.X\n'))
    for (const id of ['other-processes', 'CAP_SYS_PTRACE'] as const) {
      const {applicability, because} = weigh([id], found)
      expect(applicability).toBe('unsafe')
      expect(because.map((need) => need.because)).toEqual([
        '`BusName=org.example.X` has it answer others, and it may look up in `/proc` who they are',
      ])
    }
  })

  test.each<[string, 'safe' | 'unsafe']>([
    ['/usr/bin/python3 /opt/x/run', 'unsafe'],
    ['/usr/sbin/avahi-daemon', 'safe'],
  ])('%s: %s', (command, expected) => {
    const found = needs(service(`[Service]\nExecStart=${command}\nBusName=org.example.X\n`))
    expect(weigh(['other-processes'], found).applicability).toBe(expected)
  })
})

describe('settings in sight', () => {
  const paths = (line: string, text: string, path = '/opt/x/x.conf'): readonly string[] =>
    needs(
      service(
        `[Service]\nExecStart=${line}\nUser=example\n`,
        '257',
        'example.service',
        hostOf({[path]: text}),
      ),
    ).flatMap(({because, path: found}) =>
      found !== undefined && because.startsWith(`\`${path}\``) ? [found] : [],
    )

  test.each<[string, string, readonly string[]]>([
    ['/opt/x/run --config /opt/x/x.conf', 'socket=/tmp/x.sock\n', ['/tmp/x.sock']],
    ['/opt/x/run --config=/opt/x/x.conf', '{"a": "/dev/ttyUSB0"}', ['/dev/ttyUSB0']],
    ['/opt/x/run /opt/x/x.conf', 'a: "/home/u/b c"\n', ['/home/u/b']],
    ['/opt/x/run /opt/x/x.conf', '# /tmp/a\n ; /tmp/b\na = b # /tmp/c\n', []],
    ['/opt/x/run /opt/x/x.conf', 'a=/srv/x\nb=/x/tmp/y\nc=/tmpfiles/x\nd=http://h/tmp/x\n', []],
    ['/opt/x/run /opt/x/y.conf', 'a=/tmp/x\n', []],
    ['/opt/x/run /opt/x/x.conf', `a=/tmp/x\n${' '.repeat(65_536)}`, []],
    ['/opt/x/run /opt/x/x.conf', 'a\0=/tmp/x\n', []],
  ])('%s with %j show %j', (line, text, expected) => {
    expect([...new Set(paths(line, text))]).toEqual(expected)
  })

  it('are those that an option names, or that are called so', () => {
    const found = (line: string): boolean => paths(line, 'a=/tmp/x\n', '/opt/x/settings').length > 0
    expect(
      ['-c', '--conf', '--config-file', '--settings'].every((option) =>
        found(`/opt/x/run ${option} /opt/x/settings`),
      ),
    ).toBe(true)
    expect(found('/opt/x/run /opt/x/settings')).toBe(false)
    expect(found('/opt/x/run -o /opt/x/settings')).toBe(false)
  })
})

describe('settings that are not in sight', () => {
  const judged = (command: string, files: Parameters<typeof hostOf>[0]): string => {
    const unit = service(
      `[Service]\nExecStart=${command}\nUser=example\n`,
      '257',
      'example.service',
      hostOf({'/opt/x/run': elf({}), ...files}),
    )
    return weigh(['shared-tmp'], needs(unit)).applicability
  }

  test.each<[string, Record<string, string>, string]>([
    ['/opt/x/run --config /opt/x/x.conf', {}, 'unsafe'],
    ['/opt/x/run --config x', {}, 'unsafe'],
    ['/opt/x/run --config 3', {}, 'safe'],
    ['/opt/x/run --config https://h.example/x.json', {}, 'safe'],
    ['/opt/x/run --config /opt/x/x.conf', {'/opt/x/x.conf': 'port=1'}, 'safe'],
    ['/opt/x/run --config /opt/x/x.conf', {'/opt/x/x.conf': 'socket=/tmp/x'}, 'withheld'],
    ['/opt/x/run', {}, 'safe'],
    // What it is known to do its settings do not change.
    ['/usr/bin/nats-server -c /etc/nats.conf', {}, 'safe'],
  ])('of %s with %j: to have /tmp alone is %s', (command, files, expected) => {
    expect(judged(command, files)).toBe(expected)
  })
})
