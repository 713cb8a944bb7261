import {expect, test} from 'vitest'
import {weigh} from '../../src/needs/weigh.ts'
import {needs} from '../../src/needs/needs.ts'
import {service} from '../unit/unit.ts'

test.each<[string, readonly string[]]>([
  ['ExecStart=/opt/x/run\nUser=example\nRuntimeDirectory=x', ['host-users']],
  ['ExecStart=/usr/bin/python3 /opt/x/run\nRuntimeDirectory=x', ['host-users']],
  ['ExecStart=/usr/sbin/nginx\nRuntimeDirectory=x', []],
  ['ExecStart=/opt/x/run\nUser=example', []],
  [
    'ExecStart=/opt/x/run\nUser=example\nSupplementaryGroups=adm',
    ['@chown', '@privileged', 'host-users'],
  ],
  ['ExecStart=/usr/sbin/nginx\nUser=example\nSupplementaryGroups=adm', []],
])('what peers and groups show of %j', (lines, expected) => {
  const found = needs(service(`[Service]\n${lines}\n`, '257', 'example.service'))
  expect(
    found.filter(({because}) => /socket, by|may give/.test(because)).map(({access}) => access),
  ).toEqual(expected)
})

test.each<[string, boolean]>([
  ['ExecStart=/opt/x/run\nUMask=0027', true],
  ['ExecStart=/usr/bin/perl /opt/x/run\nUMask=007', true],
  ['ExecStart=/opt/x/run\nUser=root\nUMask=0007', true],
  ['ExecStart=!/opt/x/run\nUser=example\nUMask=0007', true],
  // It is of a user, of a program that is known, of nobody else, or of all.
  ['ExecStart=/opt/x/run\nUser=example\nUMask=0007\nExecStartPre=!/bin/mkdir -p /run/x', false],
  ['ExecStart=/opt/x/run\nUser=example\nUMask=0007\nExecStartPost=!/bin/chown a /run/x', false],
  ['ExecStart=/opt/x/run\nUser=example\nUMask=0027', false],
  ['ExecStart=/usr/sbin/nginx\nUMask=0027', false],
  ['ExecStart=/opt/x/run\nUMask=0077', false],
  ['ExecStart=/opt/x/run\nUMask=0022', false],
  ['ExecStart=/opt/x/run\nUMask=0002', false],
  ['ExecStart=/opt/x/run', false],
])('whether %j may make folders for a group: %j', (lines, expected) => {
  const found = needs(service(`[Service]\n${lines}\n`, '257', 'example.service'))
  expect(
    found.some(({access, because}) => access === 'suid-files' && because.includes('a group alone')),
  ).toBe(expected)
  expect(weigh(['suid-files'], found).applicability).toBe(expected ? 'unsafe' : 'safe')
})

/** Ways to say what a command is run as: by the unit, and by its own mark. */
const runners = (['root', 'example'] as const).flatMap((user) =>
  ['', '!', '!!'].map((mark) => ({user, mark, isOfRoot: user === 'root' || mark !== ''})),
)

test.each(
  runners.flatMap(({user, mark, isOfRoot}) =>
    ['', '\nExecStopPost=!/bin/true', '\nExecStartPre=!/bin/mkdir -p /run/x'].map(
      (other) => [`User=${user}${other}`, mark, isOfRoot] as const,
    ),
  ),
)(
  'what %j with a command behind %j has by root is by that command: %j',
  (lines, mark, isOfRoot) => {
    const found = (command: string): readonly string[] =>
      needs(
        service(
          `[Service]\nExecStart=/opt/x/run\n${lines}\n${command}\n`,
          '257',
          'example.service',
        ),
      ).map(({access, because}) => `${access}: ${because}`)
    const of = (command: string, text: string): boolean =>
      found(command).some((one) => one.includes(text))
    expect(of(`ExecReload=${mark}/bin/kill -HUP $MAINPID`, 'CAP_KILL: `ExecReload=` signals')).toBe(
      isOfRoot,
    )
    expect(of(`ExecStartPost=${mark}/sbin/ip link`, '@privileged: `ip` gives up')).toBe(!isOfRoot)
    expect(
      of(
        `Type=oneshot\n[Install]\nWantedBy=a.target\n[Service]\nExecStart=${mark}/opt/x/frob`,
        '`/opt/x/frob` as root',
      ),
    ).toBe(isOfRoot)
  },
)

test.each<[string, readonly string[]]>([
  [
    '[Unit]\nAfter=network.target mesh@.service\n[Service]\nExecStart=/opt/x/run',
    ['mesh@.service'],
  ],
  ['[Unit]\nRequires=lamps.service\n[Service]\nExecStart=/opt/x/run\nUser=x', ['lamps.service']],
  ['[Unit]\nAfter=lamps.service\n[Service]\nExecStart=/usr/bin/python3 /opt/x', ['lamps.service']],
  ['[Unit]\nAfter=lamps.service\n[Service]\nExecStart=/usr/sbin/nginx', []],
  ['[Unit]\nAfter=lamps.target\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nAfter=example@a.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nAfter=postgresql.service redis-server.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nWants=NetworkManager-wait-online.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nAfter=nginx.service mosquitto.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nRequires=docker-x.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nAfter=org.example.Lamps.service\n[Service]\nExecStart=/opt/x/run', []],
  ['[Unit]\nBefore=lamps.service\n[Service]\nExecStart=/opt/x/run', []],
])('%j shows services that nobody knows: %j', (text, expected) => {
  const found = needs(service(`${text}\n`, '257', 'example.service')).filter(({because}) =>
    because.includes('may meet'),
  )
  expect(found.map(({access}) => access)).toEqual(expected.map(() => 'shared-tmp'))
  expect(found.map(({because}) => /=([^`]*)`/.exec(because)?.[1])).toEqual(expected)
})
