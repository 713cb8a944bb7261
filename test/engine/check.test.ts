import {describe, expect, test} from 'vitest'
import {check} from '../../src/engine/check.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {target} from '../../src/facts/targets.ts'
import {defineRule, fixBy, set} from '../../src/rule/index.ts'
import type {Rule, Unit} from '../../src/rule/index.ts'
import type {Problem} from '../../src/rule/rule.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {unitOf} from './fixing.ts'

type Problems = (unit: Unit) => Iterable<Problem<{readonly bad: 'Bad'}>>

function ruleThat(check: Problems, id = 'acme'): Rule {
  return defineRule({
    id,
    summary: 'Do',
    why: 'For the test.',
    messages: {bad: 'Bad'},
    examples: {bad: [], good: []},
    check,
  })
}

function checked(
  text: string,
  rule: Rule,
  {own = '', ...more}: Partial<LintOptions> & {readonly own?: string} = {},
) {
  const options: LintOptions = {
    rules: [{rule, severity: 2, options: rule.options.parse({})}],
    targets: [target('257')!],
    manager: 'system',
    ...more,
  }
  return check(unitOf(text, own), options.rules, options, (loaded, evidence) =>
    unitFor(loaded, {evidence}),
  )
}

const text = '[Service]\nExecStart=/x\nNice=1\n'

describe('what a rule says', () => {
  test('is a finding where it points, with all that goes with it', () => {
    const rule = ruleThat(function* (unit) {
      for (const at of unit.assignments('Service', 'Nice')) {
        yield {
          message: 'bad',
          at,
          note: 'So it is',
          fix: {title: 'Be nice', changes: [set('Service', 'Nice', '5')]},
        }
      }
    })
    const {located, crashes, isCut} = checked(text, rule, {
      ruleUrl: (id) => `https://example.org/${id}`,
    })
    expect([located.length, crashes, isCut]).toEqual([1, [], false])
    expect(located[0]).toMatchObject({
      line: 3,
      severity: 2,
      ruleId: 'acme',
      fixes: [{title: 'Be nice', applicability: 'safe'}],
    })
    expect(located[0]?.finding()).toMatchObject({
      ...{
        ruleId: 'acme',
        severity: 2,
        message: 'Bad',
        note: 'So it is',
        url: 'https://example.org/acme',
      },
      position: {start: {line: 3, column: 1}, end: {line: 3, column: 7}},
      fix: {title: 'Be nice', applicability: 'safe', edits: [{range: [28, 29], text: '5'}]},
    })
  })

  test('may be no more than its place', () => {
    const rule = ruleThat(function* (unit) {
      for (const at of unit.assignments('Service', 'Nice')) yield {message: 'bad', at}
    })
    const {note, url, fix} = checked(text, rule).located[0]!.finding()
    expect([note, url, fix]).toEqual([undefined, undefined, undefined])
  })

  test.each([
    [undefined, [2, 1, 0]],
    ['warn', [1, 1, 0]],
    ['info', [0, 0, 0]],
  ] as const)('counts at most as %s', (atMost, expected) => {
    const rule = ruleThat(function* (unit) {
      for (const at of unit.assignments('Service', 'Nice')) yield {message: 'bad', at, atMost}
    })
    const severities = ([2, 1, 0] as const).map(
      (severity) =>
        checked(text, rule, {rules: [{rule, severity, options: rule.options.parse({})}]}).located[0]
          ?.severity,
    )
    expect(severities).toEqual(expected)
  })

  test('offers no fix that reaches into another file', () => {
    const rule = ruleThat(function* (unit) {
      for (const at of unit.assignments('Service', 'ExecStart'))
        yield {message: 'bad', at, fix: {title: 'Be nice', changes: [set('Service', 'Nice', '5')]}}
    })
    expect(checked(text, rule).located[0]?.finding().fix?.title).toBe('Be nice')
    const {fixes, finding} = checked(text, rule, {own: '[Service]\nNice=2\n'}).located[0]!
    expect([fixes.length, finding().fix]).toEqual([1, undefined])
  })

  test('is left out where its fix is not safe, if no others are wanted', () => {
    const rule = ruleThat(function* (unit) {
      const changes = [set('Service', 'Nice', '5')]
      for (const at of unit.assignments('Service', 'Nice'))
        yield {message: 'bad', at, fix: {title: 'Be nice', changes, applicability: 'unsafe'}}
      for (const at of unit.assignments('Service', 'ExecStart'))
        yield {message: 'bad', at, fix: {title: 'Be nice', changes}}
    })
    const lines = (safeOnly: boolean): readonly number[] =>
      checked(text, rule, {
        rules: [{rule, severity: 2, options: rule.options.parse({}), safeOnly}],
      }).located.map(({line}) => line)
    expect([lines(false), lines(true)]).toEqual([[3, 2], [2]])
  })

  test('asks for no more than its fix does, if only safe ones are wanted', () => {
    const rule = defineRule({
      id: 'system',
      summary: 'Require it',
      why: 'It is safer.',
      messages: {missing: 'Expected `ProtectSystem={expected}`'},
      *check(unit) {
        const at = unit.header('Service')
        const fix = ['strict', 'full'].map((expected) => ({
          ...fixBy('safe', set('Service', 'ProtectSystem', expected)),
          data: {expected, other: {toString: () => '\u001B'.repeat(3000)} as unknown as string},
        }))
        if (at) yield {message: 'missing', data: {expected: 'strict'}, at, fix}
      },
      examples: {bad: [], good: []},
    })
    const messages = (safeOnly: boolean, fix?: 'unsafe'): readonly string[] =>
      checked('[Service]\nExecStart=/usr/sbin/mosquitto\nUser=mosquitto\n', rule, {
        rules: [{rule, severity: 2, options: {}, safeOnly}],
        ...(fix && {fix}),
      }).located.map(({finding}) => finding().message)
    expect(messages(false)).toEqual(['Expected `ProtectSystem=strict`'])
    expect(messages(true)).toEqual(['Expected `ProtectSystem=full`'])
    expect(messages(true, 'unsafe')).toEqual(['Expected `ProtectSystem=strict`'])
  })

  test('is what a rule throws, beside what others say', () => {
    const failing = ruleThat(() => {
      throw new Error('oh')
    }, 'failing')
    const {located, crashes} = checked(text, failing)
    expect([located, crashes.map(({ruleId, cause}) => `${ruleId}: ${String(cause)}`)]).toEqual([
      [],
      ['failing: Error: oh'],
    ])
  })
})

describe('what a rule says too often', () => {
  const often = (count: number, isFixed: boolean): Rule =>
    ruleThat(function* (unit) {
      const nice = unit.assignments('Service', 'Nice')
      const fix = isFixed ? {title: 'Be nice', changes: [set('Service', 'Nice', '5')]} : undefined
      for (let index = 0; index < count; index++)
        for (const at of nice) yield {message: 'bad', at, note: 'So it is', fix}
    })

  test('is told a thousand times', () => {
    const [most, more] = [checked(text, often(1000, false)), checked(text, often(1002, false))]
    expect([most.located.length, most.isCut, more.located.length, more.isCut]).toEqual([
      1000,
      false,
      1001,
      true,
    ])
    const {message, note, fix} = more.located.at(-1)!.finding()
    expect([more.located.at(-1)!.fixes, message, note, fix]).toEqual([
      [],
      'Unexpected number of problems of this rule in one unit, more than 1000: from here on they are left out',
      undefined,
      undefined,
    ])
  })

  test('has so many fixes as there is room for', () => {
    const long = text + '# c\n'.repeat(4_000)
    const {located, isCut} = checked(long, often(14, true))
    expect([located.map(({fixes}) => fixes.length).join(''), isCut]).toEqual([
      '11111111111100',
      true,
    ])
    expect([0, 13].map((index) => located[index]!.finding().note)).toEqual([
      'So it is',
      'So it is. Too many fixes for so long a unit at once: this one is left for a run after `--fix`',
    ])
    expect(checked(long, often(12, true)).isCut).toBe(false)
  })
})
