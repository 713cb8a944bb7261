import {describe, expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import {judge} from '../../src/engine/judge.ts'
import {newestTarget, target} from '../../src/facts/targets.ts'
import {complaints, defineRule} from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/rule.ts'

/**
 * What all rules about lines say of a service that nobody named a systemd for, as `severity
 * message`; and the text after unsafe fixes.
 */
function judged(
  text: string,
  upTo = newestTarget,
): {readonly said: readonly string[]; readonly fixed: string} {
  const ids = new Set([
    'no-invalid-value',
    'no-refused-unit',
    'no-unknown-directive',
    'no-unsupported-directive',
    'no-warned-line',
    'no-idle-option',
    'no-shell-syntax',
  ])
  const active = rules
    .filter(({id}) => ids.has(id))
    .map((rule) => ({rule, severity: 2 as const, options: rule.defaults}))
  const options = {rules: active, targets: [target('252')!], upTo, manager: 'system'} as const
  const unit = {files: [{path: 'a.service', text}]} as const
  const [before, after] = [judge(unit, options), judge(unit, {...options, fix: 'unsafe'})]
  return {
    said: before.files.flatMap(({findings}) =>
      findings.map(({severity, message}) => `${severity} ${message}`),
    ),
    fixed: after.files[0]!.text,
  }
}

const service = (lines: string): string => `[Service]\nExecStart=/usr/bin/a\n${lines}`

describe('what is said of units that nobody named a systemd for', () => {
  it.each([
    [
      'what all hold',
      'ProtectSystem=Strict\n',
      ['2 Unexpected `Strict`, expected `no`, `yes`, `full` or `strict` in `ProtectSystem=`'],
    ],
    [
      'directives that came',
      'PrivatePIDs=yes\n',
      ['0 Unexpected `PrivatePIDs` in `[Service]`, known since systemd 257'],
    ],
    [
      'values that came',
      'PrivateTmp=disconnected\n',
      ['0 Unexpected `disconnected`, expected `yes` or `no` in `PrivateTmp=` (before systemd 257)'],
    ],
    [
      'directives that went',
      'BlockIOWeight=100\n',
      [
        '0 Unexpected `BlockIOWeight` in `[Service]`, without effect since systemd 258, expected `IOWeight=20`',
      ],
    ],
    [
      'what has other words in each',
      'StandardOutput=syslog\nKillMode=none\n',
      [
        '2 Unexpected `syslog`, which is obsolete, expected `journal`',
        '2 Unexpected `none`, expected `mixed` or another mode that stops all processes',
      ],
    ],
    [
      'what later ones refuse',
      'ExecStartPre=[[ -f /etc/a.conf ]]\n',
      ['2 Unexpected `[[` in `ExecStartPre=`, a word of shells and no program'],
    ],
    [
      'words that some drop one by one and some with all from there on',
      'RestrictAddressFamilies=INET INET6\n',
      [
        '2 Unexpected `INET`, expected an address family such as `AF_INET` in `RestrictAddressFamilies=`, did you mean `AF_INET`?',
        '0 Unexpected `INET6`, expected an address family such as `AF_INET` in `RestrictAddressFamilies=`, did you mean `AF_INET6`? (before systemd 261)',
      ],
    ],
    [
      'what the one warns of and the other drops, once',
      'MemoryLimit=1G\nStartupCPUShares=2048\n',
      [
        '2 Unexpected `MemoryLimit` in `[Service]`, without effect since systemd 258, expected `MemoryMax`',
        '2 Unexpected `StartupCPUShares` in `[Service]`, without effect since systemd 258, expected `StartupCPUWeight=200`',
      ],
    ],
    [
      'a line of which one drops a word, and the other all',
      'RestrictAddressFamilies=AF_UNIX inet6x\n',
      [
        '2 Unexpected `inet6x`, expected an address family such as `AF_INET` in `RestrictAddressFamilies=`',
      ],
    ],
    [
      'a unit that some refuse',
      'PrivatePIDs=yes\nType=forking\n',
      [
        '0 Unexpected `PrivatePIDs=yes` with `Type=forking`, the unit does not load (since systemd 257)',
        '0 Unexpected `PrivatePIDs` in `[Service]`, known since systemd 257',
      ],
    ],
  ])('tells of %s', (_name, lines, expected) => {
    const {said} = judged(service(lines))
    expect(said).toEqual(expected)
  })

  it('asks for nothing that only later ones have', () => {
    const active = rules
      .filter(({id}) => ['no-unsupported-directive', 'private-pids'].includes(id))
      .map((rule) => ({rule, severity: 2 as const, options: rule.defaults}))
    const ruleIds = (by: string): readonly string[] => {
      const options = {rules: active, targets: [target(by)!], upTo: newestTarget}
      return judge(
        {files: [{path: 'a.service', text: service('RestartSteps=5\n')}]},
        {...options, manager: 'system'},
      ).files.flatMap(({findings}) => findings.map(({ruleId}) => ruleId))
    }
    expect([ruleIds('252'), ruleIds('257')]).toEqual([
      ['no-unsupported-directive'],
      ['private-pids'],
    ])
  })

  it('leaves what only some hold as it is', () => {
    const text = service('PrivateTmp=disconnected\nPrivatePIDs=yes\n')
    expect(judged(text).fixed).toBe(text)
  })

  it('goes by what is named where the newest is no other', () => {
    expect(judged(service('PrivatePIDs=yes\n'), target('252')).said).toEqual([
      '2 Unexpected `PrivatePIDs` in `[Service]`, known since systemd 257',
    ])
  })

  it('asks each systemd once, however many lines it holds otherwise', () => {
    const calls: number[] = []
    const rule = rules.find(({id}) => id === 'no-unsupported-directive')!
    const counted: Rule = {
      ...rule,
      options: rule.options,
      *check(unit, options) {
        calls.push(unit.target.version)
        yield* rule.check(unit, options)
      },
    }
    const options = {
      rules: [{rule: counted, severity: 2, options: rule.defaults}],
      targets: [target('252')!],
      upTo: newestTarget,
      manager: 'system',
    } as const
    const lines = Array.from(
      {length: 200},
      (_, index) =>
        `PrivatePIDs=yes\nRestartSteps=${index}\nMemoryLimit=${index}M\nImportCredential=a${index}\n`,
    )
    const {files} = judge({files: [{path: 'a.service', text: service(lines.join(''))}]}, options)
    expect(files[0]!.findings).toHaveLength(800)
    expect(new Set(calls).size).toBe(calls.length)
  })

  it.each<[string, readonly number[]]>([
    ['Nice=x', [252]],
    ['Nice=x\nFoo=1\nKillMode=none', [252]],
    ['RestartSteps=x', [252, newestTarget.version]],
    ['CapabilityBoundingSet=CAP_FOO\nMemoryLimit=1M', [252, newestTarget.version]],
  ])(
    'asks rules about %s by %j, which is by the newest where it reads a line otherwise',
    (lines, versions) => {
      const asked: number[] = []
      const rule = defineRule({
        id: 'asked',
        summary: 'Tell nothing',
        why: 'For the test.',
        messages: {found: 'Found'},
        on: complaints('invalid-value', 'unknown-directive'),
        check({target: {version}}) {
          asked.push(version)
          return []
        },
        examples: {bad: [], good: []},
      })
      judge(
        {files: [{path: 'a.service', text: service(lines)}]},
        {
          rules: [{rule, severity: 2, options: {}}],
          targets: [target('252')!],
          upTo: newestTarget,
          manager: 'system',
        },
      )
      expect(asked).toEqual(versions)
    },
  )

  it.each([
    ['A=1', 'A=1', true],
    ['A=1', 'A=1 B=2', true],
    ['B=2', 'A=1 B=2', true],
    ['A=1', 'B=2', false],
    ['B=2', 'A=1', false],
    ['A=1 B=2', 'A=1', false],
    ['A=1 B=2', 'B=2', false],
  ])('takes %s for told where later ones complain of %s: %s', (old, late, isTold) => {
    const text = service('Environment=A=1 B=2\nNice=x\nPrivateTmp=disconnected\n')
    const about = (id: string, part: string, isMeant: (version: number) => boolean): Rule =>
      defineRule({
        id,
        summary: 'Tell of a part',
        why: 'For the test.',
        messages: {told: id},
        examples: {bad: [], good: []},
        *check({files: [file], target: {version}}) {
          const start = text.indexOf(part)
          const span = {start, end: start + part.length}
          if (file && isMeant(version)) yield {message: 'told', at: {file, span}}
        },
      })
    const active = [
      about('acme/old', old, (version) => version < 257),
      {
        ...about('acme/late', late, (version) => version >= 257),
        on: complaints('invalid-value'),
      },
    ].map((rule) => ({rule, severity: 2 as const, options: rule.defaults}))
    const {files} = judge(
      {files: [{path: 'a.service', text}]},
      {rules: active, targets: [target('252')!], upTo: newestTarget, manager: 'system'},
    )
    expect(files[0]!.findings.map(({severity, message}) => `${severity} ${message}`)).toEqual(
      isTold
        ? ['2 acme/old']
        : expect.arrayContaining([
            '0 acme/old (before systemd 257)',
            '0 acme/late (since systemd 257)',
          ]),
    )
  })

  it('asks the newest where it has another fault to find in the same words', () => {
    const said = (kind: 'invalid-value' | 'unknown-specifier'): readonly string[] => {
      const rule = defineRule({
        id: 'acme/faults',
        summary: 'Tell of faults',
        why: 'For the test.',
        on: complaints(kind),
        messages: {told: kind},
        examples: {bad: [], good: []},
        *check(unit) {
          for (const {file, span} of unit.complaints(kind))
            yield {message: 'told', at: {file, span}}
        },
      })
      const {files} = judge(
        {files: [{path: 'a.service', text: service('Environment=%D\n')}]},
        {
          rules: [{rule, severity: 2, options: rule.defaults}],
          targets: [target('252')!],
          upTo: newestTarget,
          manager: 'system',
        },
      )
      return files[0]!.findings.map(({severity, message}) => `${severity} ${message}`)
    }
    expect(said('unknown-specifier')).toEqual(['0 unknown-specifier (before systemd 256)'])
    expect(said('invalid-value')).toEqual(['0 invalid-value (since systemd 256)'])
  })

  it('asks the newest for nothing that a rule would only inform of', () => {
    const rule = rules.find(({id}) => id === 'no-unsupported-directive')!
    const said = (severity: 0 | 2, text: string): readonly string[] => {
      const {files} = judge(
        {files: [{path: 'a.service', text}]},
        {
          rules: [{rule, severity, options: rule.defaults}],
          targets: [target('252')!],
          upTo: newestTarget,
          manager: 'system',
        },
      )
      return files[0]!.findings.map((one) => `${one.severity} ${one.message}`)
    }
    const went = service('BlockIOWeight=100\n')
    expect(said(2, went)).toEqual([
      '0 Unexpected `BlockIOWeight` in `[Service]`, without effect since systemd 258, expected `IOWeight=20`',
    ])
    expect(said(0, went)).toEqual([])
  })

  it('tells of rules that fail at the newest alone', () => {
    const rule = rules.find(({id}) => id === 'no-unsupported-directive')!
    const failing: Rule = {
      ...rule,
      options: rule.options,
      *check(unit, options) {
        if (unit.target.version > 252) throw new Error('not so new')
        yield* rule.check(unit, options)
      },
    }
    const options = {
      rules: [{rule: failing, severity: 2, options: rule.defaults}],
      targets: [target('252')!],
      upTo: newestTarget,
      manager: 'system',
    } as const
    const {faults} = judge(
      {files: [{path: 'a.service', text: service('PrivatePIDs=yes\nNoSuchThing=yes\n')}]},
      options,
    )
    expect(faults.map(({message}) => message)).toEqual([
      'Rule `no-unsupported-directive` failed: not so new',
    ])
  })
})
