import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import {areSameSettings} from '../../src/engine/meaning.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import {load, unitOf} from '../../src/unit/load.ts'
import {settings} from '../../src/unit/settings.ts'
import {defaultTarget, target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import {defineRule, remove, rewrite} from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/index.ts'
import {times} from '../times.ts'

/** What a drop-in of our own starts with. */
const opening = '# Written by `unitlint --fix-to dropin`. Removing this file undoes it all.\n'

const name = '50-unitlint.conf'

interface Fixed {
  /** The drop-in. */
  readonly text: string
  /** What is left, as `FILE:LINE RULE`, with the reason where there is one. */
  readonly left: readonly string[]
  readonly applied: readonly string[]
}

/** What a unit is fixed with. */
interface How {
  /** The drop-in as it was. */
  readonly own?: string
  /** Other drop-ins, by their names. */
  readonly others?: Readonly<Record<string, string>>
  readonly fixes?: 'safe' | 'unsafe'
  readonly version?: string
}

/** The files of a unit after fixes by some rules: all in the drop-in, or each in its place. */
function linted(
  unit: string,
  ids: ReadonlyArray<string | Rule> | 'all',
  {own = '', others = {}, fixes = 'safe', version}: How,
  isInPlace = false,
): VFile[] {
  const chosen =
    ids === 'all'
      ? rules
      : ids.flatMap((id) =>
          typeof id === 'string' ? rules.filter((rule) => rule.id === id) : [id],
        )
  if (ids !== 'all') expect(chosen.length).toBe(ids.length)
  const main = new VFile({path: 'example.service', value: unit})
  const dropIns = Object.entries({...others, [name]: own})
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([basename, value]) => new VFile({path: `example.service.d/${basename}`, value}))
  const active = chosen.map((rule) => ({
    rule,
    severity: 2 as const,
    options: rule.options.parse({}),
  }))
  const into = isInPlace ? undefined : `example.service.d/${name}`
  const judge = version === undefined ? defaultTarget : target(version)
  if (!judge) throw new Error(`No systemd ${version}`)
  lint(main, {rules: active, targets: [judge], manager: 'system', fix: fixes, into}, {dropIns})
  return [main, ...dropIns]
}

/** Fix a unit into the drop-in; all other files must stay as they are. */
function fix(unit: string, ids: ReadonlyArray<string | Rule> | 'all', how: How = {}): Fixed {
  const files = linted(unit, ids, how)
  for (const file of files)
    if (file.basename !== name)
      expect(textOf(file)).toBe(file === files[0] ? unit : how.others?.[file.basename ?? ''])
  const messages = files.flatMap((file) => file.messages)
  for (const message of messages)
    expect(message.fatal, `${message.reason}\n${String(message.cause)}`).toBe(false)
  const into = files.find(({basename}) => basename === name)
  return {
    text: into ? textOf(into) : '',
    left: messages.map(
      ({file = '', line, ruleId, note}) =>
        `${file.replace('example.service.d/', '')}:${line} ${ruleId}${note === undefined ? '' : `: ${note}`}`,
    ),
    applied: files[0]?.data.unitlint?.applied ?? [],
  }
}

/** A rule that wants the first value of a directive to be another, or its line to be gone. */
function replace(key: string, value: string | undefined): Rule {
  return defineRule({
    id: 'replace',
    summary: 'Replace a value',
    why: 'For the test.',
    messages: {found: 'Found'},
    *check(unit) {
      for (const section of ['Unit', 'Service']) {
        const [at] = unit.assignments(section, key)
        if (!at || at.value === value || at.file.role === 'drop-in') continue
        const change = value === undefined ? remove(at) : rewrite(at, value)
        yield {
          message: 'found',
          at,
          fix: {title: 'Replace it', applicability: 'safe', changes: [change]},
        }
      }
    },
    examples: {bad: [], good: []},
  })
}

/** Fix twice: the second time must change nothing. */
function fixed(...given: Parameters<typeof fix>): Fixed {
  const once = fix(...given)
  const [unit, ids, how] = given
  const again = fix(unit, ids, {...how, own: once.text})
  expect({...again, applied: []}).toEqual({...once, applied: []})
  return once
}

const service = '[Service]\nExecStart=/usr/bin/example\n'
const two = ['private-tmp', 'lock-personality']
const inline = '`--fix-to inline` can fix it'

describe('a drop-in', () => {
  test('is made', () => {
    expect(fixed(service, two)).toEqual({
      text: `${opening}[Service]\nLockPersonality=yes\nPrivateTmp=yes\n`,
      left: [],
      applied: ['lock-personality', 'private-tmp'],
    })
  })

  test('gets a `[Unit]` that the unit does not have', () => {
    const job =
      '[Service]\nType=oneshot\nExecStart=/usr/bin/example\n\n[Install]\nRequiredBy=shutdown.target\n'
    const unit = '[Unit]\nDefaultDependencies=no\n\nBefore=shutdown.target\n'
    expect(fixed(job, ['no-shutdown-conflict'], {fixes: 'unsafe'})).toEqual({
      text: `${opening}${unit}`,
      left: [],
      applied: ['no-shutdown-conflict'],
    })
    expect(
      fixed(job, ['no-shutdown-conflict'], {fixes: 'unsafe', own: '[Service]\nNice=1\n'}).text,
    ).toBe(`${unit}\n[Service]\nNice=1\n`)
  })

  test.each([
    ['no-unknown-directive', 'PrivatTmp=yes', 'PrivateTmp=yes'],
    ['no-ignored-line', 'PrivateTmp: yes', 'PrivateTmp=yes'],
  ])('says above what it says by %s for `%s` why', (id, line, expected) => {
    const main = new VFile({path: 'example.service', value: `${service}${line}\n`})
    const into = `example.service.d/${name}`
    const dropIns = [new VFile({path: into, value: ''})]
    const active = rules
      .filter((rule) => rule.id === id)
      .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
    const notes = {whyOf: () => 'why'}
    lint(
      main,
      {rules: active, targets: [defaultTarget], manager: 'system', fix: 'unsafe', into, notes},
      {dropIns},
    )
    expect(textOf(dropIns[0]!)).toContain(`# ${id}: why`)
    expect(textOf(dropIns[0]!)).toContain(expected)
  })

  test('is not made where there is nothing to fix', () => {
    expect(fixed(`${service}PrivateTmp=yes\n`, ['private-tmp'])).toEqual({
      text: '',
      left: [],
      applied: [],
    })
  })

  const amendments: ReadonlyArray<readonly [name: string, before: string, after: string]> = [
    [
      'below its lines',
      '# mine\n[Service]\nNice=5\n',
      '# mine\n[Service]\nNice=5\n\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'beside lines of their kind',
      '[Service]\nProtectHome=yes\nNice=5\n',
      '[Service]\nProtectHome=yes\nLockPersonality=yes\nPrivateTmp=yes\nNice=5\n',
    ],
    [
      'with its line ends and spaces',
      '[Service]\r\nNice = 5\r\n',
      '[Service]\r\nNice = 5\r\n\r\nLockPersonality = yes\r\nPrivateTmp = yes\r\n',
    ],
    [
      'in a new section',
      '[Unit]\nDescription=x',
      '[Unit]\nDescription=x\n\n[Service]\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'behind an open end',
      '[Unit]\nDescription=x \\',
      '[Unit]\nDescription=x \\\n\n[Service]\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'behind comments alone',
      '# \uDCE9 mine\n',
      '# \uDCE9 mine\n\n[Service]\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
    [
      'in the last of several sections',
      '[Service]\nNice=5\n[Service]\nUser=a\n',
      '[Service]\nNice=5\n[Service]\nUser=a\nLockPersonality=yes\nPrivateTmp=yes\n',
    ],
  ]
  test.each(amendments)('is amended %s', (_name, own, after) => {
    expect(fixed(service, two, {own})).toMatchObject({text: after, left: []})
  })

  test('that systemd does not read to its end is left alone', () => {
    const own = '[Unit\n[Service]\n'
    expect(fixed(service, ['private-tmp'], {own})).toEqual({
      text: own,
      left: [
        `example.service:1 private-tmp: Not fixed in a drop-in: what it says there does not count. ${inline}`,
      ],
      applied: [],
    })
  })

  test('has its own lines fixed in their place', () => {
    const own = '[Service]\nProtectSystem=full # all\n'
    expect(fixed(service, ['no-invalid-value'], {own, fixes: 'unsafe'})).toMatchObject({
      text: '[Service]\n# all\nProtectSystem=full\n',
      left: [],
    })
    expect(
      fixed(service, ['protect-hostname'], {
        own: '[Service]\nProtectHostname=no\n',
        fixes: 'unsafe',
      }).text,
    ).toBe('[Service]\nProtectHostname=yes\n')
  })
})

describe('what is replaced', () => {
  test('a value', () => {
    expect(fixed(`${service}PrivateTmp=no\n`, ['private-tmp'], {fixes: 'unsafe'}).text).toBe(
      `${opening}[Service]\nPrivateTmp=yes\n`,
    )
  })

  test('a list, which is taken back', () => {
    expect(
      fixed(`${service}ReadWritePaths=/srv/a /var\nReadWritePaths=/srv/b\n`, ['read-write-paths'])
        .text,
    ).toBe(
      `${opening}[Service]\nReadWritePaths=\nReadWritePaths=-/srv/a /var\nReadWritePaths=-/srv/b\n`,
    )
  })

  test('the part of a list that others do not add to', () => {
    const others = {
      '10-a.conf': '[Service]\nReadWritePaths=/var\n',
      '90-b.conf': '[Service]\nReadWritePaths=/opt\n',
    }
    expect(fixed(`${service}ReadWritePaths=/srv/a\n`, ['read-write-paths'], {others}).text).toBe(
      `${opening}[Service]\nReadWritePaths=\nReadWritePaths=-/srv/a\nReadWritePaths=/var\n`,
    )
  })

  test('nothing: a list that only grows', () => {
    const unit = `${service}RestrictNamespaces=~user\nSystemCallFilter=@system-service\n`
    expect(
      fixed(unit, ['restrict-namespaces', 'system-call-filter'], {fixes: 'unsafe'}).text,
    ).not.toMatch(/=\n/)
  })

  test('a list that the drop-in adds to, above its lines', () => {
    const own = '[Service]\nNice = 5\n# mine\n# too\nReadWritePaths = /var\n'
    expect(fixed(`${service}ReadWritePaths=/srv/a\n`, ['read-write-paths'], {own})).toMatchObject({
      text: '[Service]\nNice = 5\nReadWritePaths =\nReadWritePaths = -/srv/a\n# mine\n# too\nReadWritePaths = /var\n',
      left: [],
    })
  })

  test('a set that an empty value would not take back', () => {
    const unit = `${service}CapabilityBoundingSet=~CAP_CHOWN\n`
    expect(
      fixed(unit, [replace('CapabilityBoundingSet', '~CAP_KILL')], {fixes: 'unsafe'}).text,
    ).toBe(`${opening}[Service]\nCapabilityBoundingSet=~\nCapabilityBoundingSet=~CAP_KILL\n`)
  })

  test('a value that is taken out', () => {
    expect(fixed(`${service}MemoryMax=1G\n`, [replace('MemoryMax', undefined)]).text).toBe(
      `${opening}[Service]\nMemoryMax=\n`,
    )
  })
})

describe('what stays', () => {
  test('a line at fault, although its value is mended', () => {
    const {text, left} = fixed(`${service}ProtectSystem=Strict\n`, ['no-invalid-value'], {
      fixes: 'unsafe',
    })
    expect(text).toBe(`${opening}[Service]\nProtectSystem=strict\n`)
    expect(left).toEqual([
      `example.service:3 no-invalid-value: Not fixed in a drop-in: the line itself stays. ${inline}`,
    ])
  })

  test('a line in the wrong section', () => {
    const {text, left} = fixed(`[Unit]\nPrivateTmp=yes\nReadWritePaths=/a\n${service}`, [
      'no-misplaced-directive',
    ])
    expect(text).toBe(`${opening}[Service]\nPrivateTmp=yes\nReadWritePaths=/a\n`)
    expect(left.map((line) => line.split(':', 2).join(':'))).toEqual([
      'example.service:2 no-misplaced-directive',
      'example.service:3 no-misplaced-directive',
    ])
  })

  test('a misspelt directive of a list, whose value is not added again', () => {
    const {text} = fixed(
      `${service}ReadWritePath=/srv\nReadWritePaths=/var\n`,
      ['no-unknown-directive'],
      {fixes: 'unsafe'},
    )
    expect(text).toMatch(/ReadWritePaths=\/srv/)
  })

  test.each([
    ['before', 'ReadWritePaths=/a\n', {}, 'ReadWritePaths=/a\n'],
    ['behind', '', {'90-b.conf': '[Service]\nReadWritePaths=/a\n'}, ''],
  ])('a value that a file %s the drop-in says as well', (_where, more, others, again) => {
    const {text} = fixed(
      `${service}ReadWritePath=/srv\n${more}`,
      ['no-unknown-directive', 'lock-personality'],
      {own: '[Service]\nReadWritePaths=/a\n', others, fixes: 'unsafe'},
    )
    expect(text).toBe(
      `[Service]\nReadWritePaths=\nReadWritePaths=/srv\n${again}ReadWritePaths=/a\n\nLockPersonality=yes\n`,
    )
  })

  test('a misspelt directive whose value a file before it and the drop-in say', () => {
    const own = '[Service]\nReadWritePaths=/a\n'
    const {text} = fixed(
      `${service}ReadWritePaths=/a\nReadWritePath=/a\n`,
      ['no-unknown-directive', 'lock-personality'],
      {own, fixes: 'unsafe'},
    )
    expect(text).toBe(`${own}\nLockPersonality=yes\n`)
  })

  test('a misspelt section', () => {
    const {text} = fixed(`${service}[Instal]\nWantedBy=a.target\n`, ['no-unknown-section'], {
      fixes: 'unsafe',
    })
    expect(text).toBe(`${opening}[Install]\nWantedBy=a.target\n`)
  })

  test('what a later drop-in decides', () => {
    const others = {'90-admin.conf': '[Service]\nPrivateTmp=no\nReadWritePaths=/srv/x\n'}
    const {text, left} = fixed(service, ['private-tmp', 'lock-personality', 'read-write-paths'], {
      others,
      fixes: 'unsafe',
    })
    expect(text).toBe(`${opening}[Service]\nLockPersonality=yes\n`)
    const later = `Not fixed in a drop-in: \`example.service.d/90-admin.conf\` comes behind it. ${inline}`
    expect(left).toEqual([
      `90-admin.conf:2 private-tmp: ${later}`,
      `90-admin.conf:3 read-write-paths: ${later}`,
    ])
  })

  test('nothing of what an earlier drop-in decides', () => {
    const others = {'10-vendor.conf': '[Service]\nPrivateTmp=no\nReadWritePaths=/srv/x\n'}
    expect(
      fixed(service, ['private-tmp', 'read-write-paths'], {others, fixes: 'unsafe'}),
    ).toMatchObject({
      text: `${opening}[Service]\nPrivateTmp=yes\nReadWritePaths=\nReadWritePaths=-/srv/x\n`,
      left: [],
    })
  })

  test.each([
    ['After', 'a.service', 'b.service'],
    ['ConditionPathExists', '/a', '/b'],
    ['RefuseManualStart', 'yes', undefined],
  ])('what cannot be taken back: %s', (key, one, other) => {
    const {text, left} = fixed(`[Unit]\n${key}=${one}\n${service}`, [replace(key, other)])
    expect({text, left}).toEqual({
      text: '',
      left: [
        `example.service:2 replace: Not fixed in a drop-in: \`${key}=\` cannot be taken back. ${inline}`,
      ],
    })
  })

  const again = defineRule({
    id: 'again',
    summary: 'Replace it again',
    why: 'For the test.',
    messages: {found: 'Found'},
    examples: {bad: [], good: []},
    *check(unit) {
      const at = unit.assignments('Service', 'Nice').findLast(({value}) => value === '2')
      if (at)
        yield {
          message: 'found',
          at,
          fix: {title: 'Replace it', applicability: 'safe', changes: [rewrite(at, '3')]},
        }
    },
  })

  test.each<[string, string, string | Rule]>([
    ['a line', 'Nice=1\n', replace('Nice', '2')],
    ['a section with a line', '[Servce]\nNice=2\n', 'no-unknown-section'],
  ])('%s that would be fixed in its turn', (_, lines, first) => {
    const {text, left} = fixed(service + lines, [first, again], {fixes: 'unsafe'})
    const id = typeof first === 'string' ? first : first.id
    const reason = 'what it would say there is to be fixed in its turn'
    expect({text, left}).toEqual({
      text: '',
      left: [`example.service:3 ${id}: Not fixed in a drop-in: ${reason}. ${inline}`],
    })
  })

  test('a section with a line in several that would be fixed in its turn, where it is one', () => {
    const {text, left} = fixed(
      `${service}[Servce]\nCPUShares= \\\n  512\n`,
      ['no-unknown-section', 'no-obsolete-directive'],
      {fixes: 'unsafe', version: '247'},
    )
    const reason = 'what it would say there is to be fixed in its turn'
    expect({text, left}).toEqual({
      text: '',
      left: [`example.service:3 no-unknown-section: Not fixed in a drop-in: ${reason}. ${inline}`],
    })
  })

  test('a fix that waits for one that cannot be made is made itself', () => {
    const others = {'90-admin.conf': '[Service]\nPrivateDevices=no\n'}
    expect(
      fixed(service, ['private-devices', 'device-policy'], {others, fixes: 'unsafe'}).text,
    ).toBe(`${opening}[Service]\nDevicePolicy=closed\n`)
  })

  test('what keeps a unit from being loaded', () => {
    const {text, left} = fixed(`${service}User=a:b\n`, [replace('User', 'ab')])
    expect({text, left}).toEqual({
      text: '',
      left: [
        `example.service:3 replace: Not fixed in a drop-in: what it says there does not count. ${inline}`,
      ],
    })
  })
})

test('any unit: fixes settle, a second run changes nothing, and the sandboxing is that of fixes in their place', () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...[
        '[Service]',
        '[Unit]',
        '[Install]',
        '[Servce]',
        '',
        '# c',
        'X=\\',
        '  Y = z \\',
        '[X',
        'ExecStart=/usr/bin/x',
        'ExecStart=/bin/sh -c "echo >/sys/x"',
      ],
      ...[
        'User=a',
        'PrivateTmp=no',
        'PrivateTmp=yes # c',
        'PrivatTmp=yes',
        'ProtectSystem=full',
        'ProtectSystem=Strict',
        'ProtectHome=read-only',
        'UMask=0002',
      ],
      ...[
        'SystemCallFilter=@system-service',
        'SystemCallFilter=',
        'SystemCallFilter=@clock ~@privileged',
        'RestrictNamespaces=net',
        'RestrictNamespaces=~user',
      ],
      ...[
        'CapabilityBoundingSet=~CAP_CHOWN',
        'CapabilityBoundingSet=',
        'DynamicUser=yes',
        'DefaultDependencies=no',
        'IPAddressDeny=any',
        'IPAddressAllow=localhost',
      ],
      ...[
        'ReadWritePaths=/srv/a',
        'ReadWritePaths=',
        'ReadWritePath=/srv/b',
        'RestrictAddressFamilies=AF_UNIX',
        'RestrictAddressFamilies=~AF_PACKET',
        'PrivateDevices=no',
      ],
    ),
    fc.string({maxLength: 12}),
  )
  const text = fc.array(line, {maxLength: 12}).map((lines) => lines.join('\n'))
  const how = fc.record({
    own: fc.oneof(fc.constant(''), text),
    others: fc.record({'10-vendor.conf': text, '90-admin.conf': text}, {requiredKeys: []}),
    fixes: fc.constantFrom('safe' as const, 'unsafe' as const),
  })
  const unit = fc
    .tuple(fc.constantFrom('', '[Service]\nExecStart=/usr/bin/x\n'), text)
    .map(([first, rest]) => first + rest)
  let compared = 0
  fc.assert(
    fc.property(unit, how, (written, its) => {
      const {left, applied} = fixed(written, 'all', its)
      if (
        left.some(
          (finding) => finding.includes('Not fixed') && !finding.includes('the line itself stays'),
        )
      )
        return
      // A section that gets its name in its place is there for other rules at once.
      if ([...left, ...applied].some((finding) => finding.includes('no-unknown-section'))) return
      const [one, other] = [linted(written, 'all', its), linted(written, 'all', its, true)].map(
        settingsOf,
      )
      if (one && other) expect(areSameSettings(one, other)).toBe(true)
      compared++
    }),
    {numRuns: runs},
  )
  expect(compared).toBeGreaterThan(runs / 4)
})

const runs = times(100)

function settingsOf(files: readonly VFile[]): ReturnType<typeof settings> {
  const sources = files.map((file) => ({
    path: file.path,
    role: unitOf(file.path)?.role ?? 'drop-in',
    tree: parse(textOf(file)),
  }))
  return settings(
    load(sources, {
      name: 'example.service',
      type: 'service',
      target: defaultTarget,
      manager: 'system',
    }),
  )
}
