import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {defaultTarget} from '../../src/facts/targets.ts'

/** `line: rule or reason` of all messages, with two rules on and useless comments reported. */
function messages(text: string, inlineConfig = true): string[] {
  const file = new VFile({path: 'example.service', value: text})
  const active = rules
    .filter(({id}) => ['private-tmp', 'protect-system', 'no-invalid-value'].includes(id))
    .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
  lint(file, {
    rules: active,
    targets: [defaultTarget],
    manager: 'system',
    inlineConfig,
    reportUnusedDisables: 1,
  })
  return file.messages.map(
    (message) =>
      `${message.line}: ${message.ruleId === 'unused-disable' ? message.reason : message.ruleId}`,
  )
}

describe('comments that speak to unitlint', () => {
  const cases: Array<[name: string, text: string, left: string[]]> = [
    ['none', '[Service]\nExecStart=/x\n', ['1: private-tmp', '1: protect-system']],
    [
      'the next line, one rule',
      '# unitlint-disable-next-line private-tmp\n[Service]\nExecStart=/x\n',
      ['2: protect-system'],
    ],
    [
      'the next line, with a reason',
      '# unitlint-disable-next-line private-tmp -- shares sockets, protect-system\n[Service]\nExecStart=/x\n',
      ['2: protect-system'],
    ],
    [
      'the next line, two rules',
      '; unitlint-disable-next-line private-tmp, protect-system\n[Service]\nExecStart=/x\n',
      [],
    ],
    ['the next line, all rules', '#unitlint-disable-next-line\n[Service]\nExecStart=/x\n', []],
    [
      'the same line, which a comment cannot share',
      '# unitlint-disable-line private-tmp\n[Service]\nExecStart=/x\nProtectSystem=strict\n',
      [
        '1: Unexpected `unitlint-disable-line`, expected `unitlint-disable-next-line`: a comment cannot share a line in this syntax',
        '2: private-tmp',
      ],
    ],
    [
      'two comments for one line',
      '# unitlint-disable-next-line private-tmp\n# unitlint-disable-next-line protect-system\n[Service]\nExecStart=/x\n',
      [],
    ],
    [
      'a block',
      '# unitlint-disable private-tmp\n[Service]\nExecStart=/x\nProtectSystem=no\n',
      ['4: protect-system'],
    ],
    [
      'a block that ends',
      '# unitlint-disable\n# unitlint-enable\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable`, nothing to suppress',
        '3: private-tmp',
        '3: protect-system',
      ],
    ],
    [
      'a block for all, one rule on again',
      '# unitlint-disable\n# unitlint-enable protect-system\n[Service]\nExecStart=/x\n',
      ['3: protect-system'],
    ],
    [
      'too late',
      '[Service]\n# unitlint-disable private-tmp\nExecStart=/x\n',
      [
        '1: private-tmp',
        '1: protect-system',
        '2: Unexpected `unitlint-disable private-tmp`, nothing to suppress',
      ],
    ],
    [
      'unused rule among used ones',
      '# unitlint-disable-next-line private-tmp, no-such-rule\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable-next-line no-such-rule`, nothing to suppress',
        '2: protect-system',
      ],
    ],
    [
      'disable-line cannot be',
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-line\n',
      [
        '5: Unexpected `unitlint-disable-line`, expected `unitlint-disable-next-line`: a comment cannot share a line in this syntax',
      ],
    ],
    [
      'within a continued line',
      '[Service]\nPrivateTmp=yes\nProtectSystem=strict\nExecStart=/x \\\n# unitlint-disable-next-line\n y\n',
      ['5: Unexpected `unitlint-disable-next-line`, nothing to suppress'],
    ],
  ]
  test.each(cases)('%s', (_name, text, left) => {
    expect(messages(text)).toEqual(left)
  })

  test('what cannot work is said even when useless comments are not asked for', () => {
    const file = new VFile({
      path: 'example.service',
      value:
        '[Service]\n# unitlint-disable-line\n# unitlint-disable-next-line private-tmp\nExecStart=/x\n',
    })
    lint(file, {rules: [], targets: [defaultTarget], manager: 'system'})
    expect(file.messages.map(({line, reason}) => `${line}: ${reason.slice(0, 34)}`)).toEqual([
      '2: Unexpected `unitlint-disable-line`',
    ])
  })

  test('can be switched off', () => {
    expect(messages('# unitlint-disable\n[Service]\nExecStart=/x\n', false)).toEqual([
      '2: private-tmp',
      '2: protect-system',
    ])
  })
})

describe('what comments turn off', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line no-invalid-value\n# unitlint-enable no-invalid-value\nPrivateTmp=x\n',
      [],
    ],
    ['# unitlint-enable\n[Service]\nExecStart=/x\n', ['2: private-tmp', '2: protect-system']],
    [
      '# unitlint-disable-next-lines\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable-next-lines`, did you mean `unitlint-disable-next-line`?',
        '2: private-tmp',
        '2: protect-system',
      ],
    ],
    [
      '# unitlint-docs: see the wiki\n[Service]\nExecStart=/x\n',
      ['2: private-tmp', '2: protect-system'],
    ],
    [
      '# unitlint-disabled\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disabled`, did you mean `unitlint-disable`?',
        '2: private-tmp',
        '2: protect-system',
      ],
    ],
    ...(
      [
        ['ignore-next-line', 'disable-next-line'],
        ['disable-next', 'disable-next-line'],
        ['disable-next-line:', 'disable-next-line'],
        ['Disable-Next-Line', 'disable-next-line'],
        ['disable-line:', 'disable-next-line'],
        ['disable-file', 'disable'],
        ['ignore', 'disable'],
        ['Enable', 'enable'],
      ] as const
    ).map(([word, meant]): [string, string[]] => [
      `# unitlint-${word} private-tmp\n[Service]\nExecStart=/x\n`,
      [
        `1: Unexpected \`unitlint-${word}\`, did you mean \`unitlint-${meant}\`?`,
        '2: private-tmp',
        '2: protect-system',
      ],
    ]),
    ['# xunitlint-disable\n[Service]\nExecStart=/x\n', ['2: private-tmp', '2: protect-system']],
    ['# unitlint-disable -- all\n[Service]\nExecStart=/x\n', []],
    ['# unitlint-disable private-tmp --\n[Service]\nExecStart=/x\n', ['2: protect-system']],
    [
      '# unitlint-disable --private-tmp\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable --private-tmp`, nothing to suppress',
        '2: private-tmp',
        '2: protect-system',
      ],
    ],
    ['# unitlint-disable private-tmp,protect-system\n[Service]\nExecStart=/x\n', []],
    ['#unitlint-disable\tprivate-tmp\n[Service]\nExecStart=/x\n', ['2: protect-system']],
    [
      '# unitlint-disable private-tmp private-tmp\n[Service]\nExecStart=/x\n',
      ['2: protect-system'],
    ],
    [
      '# unitlint-disable private-tmp\n# unitlint-disable private-tmp\n[Service]\nExecStart=/x\n',
      ['1: Unexpected `unitlint-disable private-tmp`, nothing to suppress', '3: protect-system'],
    ],
    [
      '# unitlint-disable private-tmp\n# unitlint-enable private-tmp\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable private-tmp`, nothing to suppress',
        '3: private-tmp',
        '3: protect-system',
      ],
    ],
    [
      '# unitlint-disable\n# unitlint-enable private-tmp\n[Service]\nExecStart=/x\n',
      ['3: private-tmp'],
    ],
    [
      '# unitlint-disable private-tmp\n# unitlint-enable\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable private-tmp`, nothing to suppress',
        '3: private-tmp',
        '3: protect-system',
      ],
    ],
    ['# unitlint-disable-next-line\n# c\n[Service]\nExecStart=/x\n', []],
    [
      '# unitlint-disable-next-line\n\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable-next-line`, nothing to suppress',
        '3: private-tmp',
        '3: protect-system',
      ],
    ],
    [
      '# unitlint-disable-next-line private-tmp\n# unitlint-disable-next-line\n[Service]\nExecStart=/x\n',
      ['1: Unexpected `unitlint-disable-next-line private-tmp`, nothing to suppress'],
    ],
    [
      '# unitlint-enable\n# unitlint-disable-next-line private-tmp\n[Service]\nExecStart=/x\n',
      ['3: protect-system'],
    ],
    ['# unitlint-disable\n# unitlint-disable-next-line private-tmp\n[Service]\nExecStart=/x\n', []],
    [
      '# unitlint-disable-next-line private-tmp\n# unitlint-disable private-tmp\n[Service]\nExecStart=/x\n',
      [
        '1: Unexpected `unitlint-disable-next-line private-tmp`, nothing to suppress',
        '3: protect-system',
      ],
    ],
    [
      '# unitlint-disable-next-line private-tmp\n# unitlint-disable private-tmp\n# unitlint-enable private-tmp\n[Service]\nExecStart=/x\n',
      ['2: Unexpected `unitlint-disable private-tmp`, nothing to suppress', '4: protect-system'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line\nPrivateTmp=x\nPrivateTmp=x\n',
      ['7: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable no-invalid-value\nPrivateTmp=x\n# unitlint-enable no-invalid-value\nPrivateTmp=x\n',
      ['8: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable no-invalid-value\nPrivateTmp=x\n# unitlint-enable no-invalid-value\n# unitlint-disable-next-line no-invalid-value\nPrivateTmp=x\nPrivateTmp=x\n',
      ['10: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line\nReadWritePaths=/a \\\n b \\\n c\nReadWritePaths=d\n',
      ['9: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\nReadWritePaths=/a \\\n# unitlint-disable-next-line no-invalid-value\n b \\\n c\n',
      ['8: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line no-invalid-value\nReadWritePaths=a \\\n# unitlint-disable-next-line no-invalid-value\n b \\\n c\n',
      [],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\nReadWritePaths=a \\\n# unitlint-disable\n b \\\n c\n',
      ['5: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\nPrivateTmp=x\n# unitlint-disable\nPrivateTmp=x\n# unitlint-enable no-invalid-value\nPrivateTmp=x\n# unitlint-disable no-invalid-value\nPrivateTmp=x\n# unitlint-enable\nPrivateTmp=x\n',
      ['5: no-invalid-value', '9: no-invalid-value', '13: no-invalid-value'],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line no-invalid-value\n\nPrivateTmp=x\n',
      [
        '5: Unexpected `unitlint-disable-next-line no-invalid-value`, nothing to suppress',
        '7: no-invalid-value',
      ],
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nProtectSystem=strict\n# unitlint-disable-next-line no-invalid-value\nPrivateTmp=x\n# unitlint-disable-next-line no-invalid-value\nPrivateTmp=x\n# unitlint-disable-next-line private-tmp\nPrivateTmp=x\n',
      [
        '9: Unexpected `unitlint-disable-next-line private-tmp`, nothing to suppress',
        '10: no-invalid-value',
      ],
    ],
  ])('%j leaves %j', (text, left) => {
    expect(messages(text)).toEqual(left)
  })

  test('is the line below as many other comments as people write', () => {
    const below = (count: number): string[] =>
      messages(
        `# unitlint-disable-next-line private-tmp\n${'# c\n'.repeat(count)}[Service]\nExecStart=/x\n`,
      )
    expect(below(48)).toEqual(['50: protect-system'])
    expect(below(49)).toEqual([
      '1: Unexpected `unitlint-disable-next-line private-tmp`, nothing to suppress',
      '51: private-tmp',
      '51: protect-system',
    ])
  })
})

const lines = fc.constantFrom(
  ...['disable', 'enable', 'disable-next-line'].flatMap((kind) =>
    ['', ' no-invalid-value', ' private-tmp'].map((rule) => `# unitlint-${kind}${rule}`),
  ),
  ...['PrivateTmp=x', 'ReadWritePaths=a \\', '  b \\', ''],
)

test('a comment that is called useless can go: all else that is said stays', () => {
  fc.assert(
    fc.property(fc.array(lines, {maxLength: 12}), (own) => {
      const text = ['[Service]', 'ExecStart=/x', ...own, '', ''].join('\n')
      const said = messages(text)
      const useless = said.findIndex((message) => message.endsWith('nothing to suppress'))
      if (useless === -1) return
      const line = Number.parseInt(said[useless] ?? '', 10)
      const left = said
        .toSpliced(useless, 1)
        .map((message) =>
          message.replace(/^\d+/, (its) => String(Number(its) > line ? Number(its) - 1 : its)),
        )
      expect(
        messages(
          text
            .split('\n')
            .toSpliced(line - 1, 1)
            .join('\n'),
        ),
      ).toEqual(left)
    }),
  )
})

describe('comments with a day, a reason and names that are known', () => {
  const demands = {
    now: Date.UTC(2026, 10, 29, 23, 59),
    knownRules: new Set(['private-tmp', 'protect-system', 'acme/one']),
    requireReasons: true,
  }
  const unit = '[Service]\nExecStart=/x\n'

  function told(comment: string, options: Partial<LintOptions> = demands): string[] {
    const file = new VFile({path: 'example.service', value: `${comment}\n${unit}`})
    const active = rules
      .filter(({id}) => id === 'private-tmp')
      .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
    lint(file, {rules: active, targets: [defaultTarget], manager: 'system', ...options})
    return file.messages.map(
      ({line, ruleId, severity, reason}) =>
        `${line} ${severity} ${ruleId === 'unused-disable' ? reason : ruleId}`,
    )
  }

  test('of rules that do not run, or leave something out, are not said to be useless', () => {
    const useless = {...demands, requireReasons: false, reportUnusedDisables: 1} as const
    const late = `# unitlint-disable-next-line private-tmp, protect-system\nX-A=1\n`
    expect(told(`[X-Own]\n${late}`, useless)).toEqual([
      '2 1 Unexpected `unitlint-disable-next-line private-tmp`, nothing to suppress',
      '5 2 private-tmp',
    ])
    const rule = rules.find(({id}) => id === 'private-tmp')
    const active = rule && {rule, severity: 2 as const, options: {}, safeOnly: true}
    expect(told(`[X-Own]\n${late}`, {...useless, rules: active ? [active] : []})).toEqual([])
  })

  const past = (written: string): string[] => [
    `1 1 Unexpected \`unitlint-${written}\`, that day is past`,
    '2 2 private-tmp',
  ]
  const noDate = (written: string): string[] => [
    `1 1 Unexpected \`${written}\`, expected a date such as \`until 2027-03-01\``,
    '2 2 private-tmp',
  ]
  test.each<[comment: string, left: string[]]>([
    ['# unitlint-disable-next-line private-tmp until 2026-11-30 -- sockets', []],
    ['# unitlint-disable-next-line private-tmp until 2026-11-29 -- the last day', []],
    ['# unitlint-disable-next-line until 2027-03-01 -- all rules', []],
    ['# unitlint-disable private-tmp until 2027-03-01 -- to the end', []],
    [
      '# unitlint-disable-next-line private-tmp, protect-system until 2026-11-28 -- x',
      past('disable-next-line private-tmp, protect-system until 2026-11-28'),
    ],
    [
      '# unitlint-disable private-tmp until 2025-01-01 -- x',
      past('disable private-tmp until 2025-01-01'),
    ],
    ['# unitlint-disable until 2025-01-01', past('disable until 2025-01-01')],
    ['# unitlint-disable private-tmp until 2027-02-29 -- x', noDate('until 2027-02-29')],
    ['# unitlint-disable private-tmp until March -- x', noDate('until March')],
    ['# unitlint-disable private-tmp until -- x', noDate('until')],
    [
      '# unitlint-disable private-tmp until 2027-03-01 protect-system -- x',
      noDate('until 2027-03-01 protect-system'),
    ],
    // Behind `--` it is a reason.
    ['# unitlint-disable private-tmp -- until 2025-01-01', []],
    [
      '# unitlint-disable private-tmp',
      ['1 2 Expected a reason, as in `unitlint-disable private-tmp -- why`'],
    ],
    [
      '# unitlint-disable-next-line --',
      ['1 2 Expected a reason, as in `unitlint-disable-next-line -- why`'],
    ],
    [
      '# unitlint-disable-next-line private-tmp until 2027-03-01',
      [
        '1 2 Expected a reason, as in `unitlint-disable-next-line private-tmp until 2027-03-01 -- why`',
      ],
    ],
    [
      '# unitlint-disable privat-tmp -- x',
      ['1 1 Unexpected rule `privat-tmp`, did you mean `private-tmp`?', '2 2 private-tmp'],
    ],
    ['# unitlint-disable private-tmp, wonderful -- x', ['1 1 Unexpected rule `wonderful`']],
    [
      '# unitlint-enable privat-tmp',
      ['1 1 Unexpected rule `privat-tmp`, did you mean `private-tmp`?', '2 2 private-tmp'],
    ],
    [
      '# unitlint-enable until 2027-03-01',
      [
        '1 1 Unexpected `until 2027-03-01` behind `unitlint-enable`, expected it where rules are turned off',
        '2 2 private-tmp',
      ],
    ],
    // A plugin that is not there may have any rules.
    ['# unitlint-disable private-tmp, other/two -- x', []],
    [
      '# unitlint-disable private-tmp, acme/ones -- x',
      ['1 1 Unexpected rule `acme/ones`, did you mean `acme/one`?'],
    ],
  ])('%s', (comment, left) => {
    expect(told(comment)).toEqual(left)
  })

  test('ask nothing of comments where nothing is demanded', () => {
    expect(told('# unitlint-disable private-tmp, wonderful until 2025-01-01', {})).toEqual([])
  })

  test('are past for fixes as well', () => {
    const file = new VFile({
      path: 'example.service',
      value:
        '# unitlint-disable until 2026-01-01\n[Service]\nProtectHome=maybe\nExecStart=/x\nNoNewPrivileges=no\n',
    })
    const active = rules
      .filter(({id}) => id === 'no-overridden-value' || id === 'private-tmp')
      .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
    const options = {
      rules: active,
      targets: [defaultTarget],
      manager: 'system',
      fix: 'unsafe',
    } as const
    lint(file, {...options, now: Date.UTC(2026, 0, 1, 23)})
    expect(String(file)).not.toContain('PrivateTmp')
    lint(file, {...options, now: Date.UTC(2026, 0, 2)})
    expect(String(file)).toContain('PrivateTmp=yes')
  })
})
