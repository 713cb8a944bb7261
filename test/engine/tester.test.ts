import {describe, expect, test} from 'vitest'
import * as z from 'zod'
import {RuleTester} from '../../src/engine/tester.ts'
import type {InvalidCase, ValidCase} from '../../src/engine/tester-cases.ts'
import {defineRule, fixBy, set} from '../../src/rule/index.ts'

const words = {summary: 'Do', why: 'For the test.', examples: {bad: [], good: []}}

const nice = defineRule({
  id: 'acme/nice',
  ...words,
  messages: {bad: 'Expected `Nice=5`'},
  *check(unit) {
    for (const at of unit.assignments('Service', 'Nice')) {
      if (at.value !== '5')
        yield {message: 'bad', at, fix: {title: 'Be nice', changes: [set('Service', 'Nice', '5')]}}
    }
  },
})

const good = '[Service]\nNice=5\n'
const bad = '[Service]\nNice=1\n'
const problems = ['2:1-2:7: Expected `Nice=5`']

/**
 * What the tester says of cases of the rule that are not as they should be; undefined where they
 * are.
 */
function complaint(cases: {
  readonly valid?: ReadonlyArray<string | ValidCase>
  readonly invalid?: readonly InvalidCase[]
}): string | undefined {
  try {
    new RuleTester().run(nice, {valid: [], invalid: [], ...cases})
    return undefined
  } catch (error) {
    return String(error)
  }
}

describe('a rule tester', () => {
  test('is content with a rule that does what its cases say', () => {
    expect(
      complaint({valid: [good, {unit: good}], invalid: [{unit: bad, problems, fixed: good}]}),
    ).toBeUndefined()
  })

  test.each<[string, Parameters<typeof complaint>[0], string]>([
    [
      'a problem too many',
      {valid: [bad]},
      'Error: Unexpected problems: [\n  "2:1-2:7: Expected `Nice=5`"\n]\nexpected: []',
    ],
    [
      'one too few',
      {invalid: [{unit: good, problems}]},
      'Error: Unexpected problems: []\nexpected: [\n  "2:1-2:7: Expected `Nice=5`"\n]',
    ],
    [
      'a fix that nobody named',
      {invalid: [{unit: bad, problems}]},
      `Error: Unexpected text after --fix: ${JSON.stringify(good)}\nexpected: ${JSON.stringify(bad)}`,
    ],
    [
      'another fix, unsafe',
      {invalid: [{unit: bad, problems, fixed: good, fixedUnsafely: bad}]},
      `Error: Unexpected text after --fix --unsafe-fixes: ${JSON.stringify(good)}\nexpected: ${JSON.stringify(bad)}`,
    ],
    [
      'a file that is no unit',
      {valid: [{unit: good, fileName: 'a.txt'}]},
      'Error: Unexpected file name `a.txt`, expected one that ends like a unit',
    ],
    [
      'a target that is none',
      {valid: [{unit: good, target: 'windows'}]},
      'Error: Unexpected target `windows`',
    ],
  ])('tells of %s', (_what, cases, expected) => {
    expect(complaint(cases)).toBe(expected)
  })

  test('says of fixes that are not made how safe they are', () => {
    const user = defineRule({
      id: 'acme/user',
      ...words,
      messages: {bad: 'Expected `User=`', lost: 'Expected `WantedBy=`'},
      *check(unit) {
        const at = unit.header('Service')
        if (!at || unit.value('User')) return
        yield {message: 'bad', at, fix: fixBy('safe', set('Service', 'User', 'nobody'))}
        yield {message: 'lost', at, fix: fixBy('safe', set('Install', 'WantedBy', 'a.target'))}
      },
    })
    const unit = '[Service]\nExecStart=/usr/bin/x\n'
    const told = ['1:1-1:10: Expected `User=`', '1:1-1:10: Expected `WantedBy=`']
    expect(() =>
      new RuleTester().run(user, {
        valid: [],
        invalid: [{unit, problems: told, fixed: `${unit}User=nobody\n`}],
      }),
    ).toThrow(
      /\nunsafe: Set `User=nobody`\nno fix that can be made: Expected `WantedBy=`. Its fix is not made, as the unit has no `\[Install\]`$/,
    )
  })

  test.each([
    [{directives: ['PrivateTpm']}],
    [{on: {lines: ['Nice', 'PrivateTpm']}}],
    [{fixesHangOn: ['PrivateTpm']}],
  ])('tells of a name that is no directive in %j', (more) => {
    const rule = defineRule({id: 'tmp', ...words, messages: {}, ...more, check: () => []})
    expect(() => new RuleTester().run(rule, {valid: [good], invalid: []})).toThrow(
      'Unexpected directive `PrivateTpm` of rule `tmp`, did you mean `PrivateTmp`?',
    )
  })

  test('leaves to rules what nobody knows, and what is not of systemd', () => {
    const rule = defineRule({
      id: 'own',
      ...words,
      directives: ['X-Owner', 'PrivateMarbles', 'Container.Imagination'],
      messages: {bad: 'Expected `Rank=`'},
      *check(unit) {
        const at = unit.header('X-Acme')
        if (!at || unit.assignments('Service', 'PrivateMarbles').length > 0) return
        const lines = [
          set('X-Acme', 'Rank', '1'),
          set('Other', 'Rank', '1'),
          set('Service', 'PrivateMarbles', 'yes'),
        ]
        yield {message: 'bad', at, fix: fixBy('safe', lines)}
      },
    })
    const unit = '[X-Acme]\nOwner=me\n[Other]\n[Service]\nExecStart=/usr/bin/x\n'
    new RuleTester().run(rule, {
      valid: [],
      invalid: [
        {
          unit,
          problems: ['1:1-1:9: Expected `Rank=`'],
          fixed:
            '[X-Acme]\nOwner=me\nRank=1\n[Other]\nRank=1\n[Service]\nExecStart=/usr/bin/x\nPrivateMarbles=yes\n',
        },
      ],
    })
  })

  test.each<[object, string]>([
    [
      {invalid: [{unit: good, problem: problems}]},
      'invalid[0].problem: Unexpected key `problem`, did you mean `problems`?',
    ],
    [
      {
        invalid: [
          {unit: good, problems: []},
          {units: bad, problems},
        ],
      },
      'invalid[1].units: Unexpected key `units`, did you mean `unit`?',
    ],
    [{invalid: [{unit: bad}]}, 'invalid[0].problems: Expected an array'],
    [
      {invalid: [{unit: bad, problems: '2:1'}]},
      'invalid[0].problems: Unexpected `2:1`, expected an array',
    ],
    [{invalid: ['[Service]']}, 'invalid[0]: Unexpected `[Service]`, expected an object'],
    [
      {valid: [good, {unit: good, problems}]},
      'valid[1].problems: Unexpected key `problems`, expected `name`, `unit`, `fileName`, `mode`, `dropIns`, `others`, `isComplete`, `options`, `target`, `manager`, `profile` or `now`',
    ],
    [{valid: [{unit: 5}]}, 'valid[0].unit: Unexpected `5`, expected a string'],
    [{valid: [null]}, 'valid[0]: Unexpected `null`, expected an object'],
    [
      {valid: [{unit: good, manager: 'sytem'}]},
      'valid[0].manager: Unexpected value `sytem`, did you mean `system`?',
    ],
    [
      {valid: [{unit: good, options: {most: 'x'}}]},
      'valid[0].options.most: Unexpected `x`, expected a number',
    ],
    [
      {valid: [{unit: good, options: {mots: 1}}]},
      'valid[0].options.mots: Unexpected key `mots`, did you mean `most`?',
    ],
    [{valid: '[Service]'}, 'valid: Unexpected `[Service]`, expected an array'],
    [{invalid: undefined}, 'invalid: Expected an array'],
  ])('tells which case is none: %j', (cases, expected) => {
    const limited = defineRule({
      id: 'limited',
      ...words,
      options: () => z.strictObject({most: z.number().default(5)}),
      messages: {},
      check: () => [],
    })
    const given = {valid: [], invalid: [], ...cases}
    const told = (): void => new RuleTester().run(limited, given)
    expect(told).toThrow(new Error(expected))
  })

  test('fails where the rule does', () => {
    const failing = defineRule({
      id: 'acme/failing',
      ...words,
      messages: {},
      check: () => {
        throw new Error('oh')
      },
    })
    expect(() => new RuleTester().run(failing, {valid: [good], invalid: []})).toThrow(
      'Rule `acme/failing` failed: oh',
    )
  })

  test('gives each case the name that it has, or its text', () => {
    const named: string[] = []
    const runner = {
      describe: (name: string, run: () => void) => {
        named.push(name)
        run()
      },
      it: (name: string) => void named.push(name),
    }
    new RuleTester(runner).run(nice, {
      valid: [good, {name: 'nice', unit: good}],
      invalid: [
        {unit: bad, problems},
        {name: 'not nice', unit: bad, problems},
      ],
    })
    expect(named).toEqual([
      'acme/nice',
      `accepts ${JSON.stringify(good)}`,
      'accepts nice',
      `rejects ${JSON.stringify(bad)}`,
      'rejects not nice',
    ])
  })

  test('uses what the test runner has, where that is all', () => {
    const known = {describe: Reflect.get(globalThis, 'describe'), it: Reflect.get(globalThis, 'it')}
    const named: string[] = []
    const describe = (name: string, run: () => void): void => {
      named.push(name)
      run()
    }
    const it = (name: string): void => void named.push(name)
    try {
      for (const runner of [
        {describe, it},
        {describe, it: undefined},
        {describe: undefined, it},
      ]) {
        Object.assign(globalThis, runner)
        new RuleTester().run(nice, {valid: [{name: 'good', unit: good}], invalid: []})
      }
    } finally {
      Object.assign(globalThis, known)
    }
    expect(named).toEqual(['acme/nice', 'accepts good'])
  })

  test('reads a unit among others, with drop-ins, for a manager and a version', () => {
    const seen: unknown[] = []
    const looking = defineRule({
      id: 'acme/looking',
      ...words,
      messages: {},
      check: (unit) => {
        const {name, manager, target, files, now} = unit
        seen.push([name, manager, target.version, files.map(({path, mode}) => [path, mode]), now])
        return []
      },
    })
    new RuleTester().run(looking, {
      valid: [
        {
          unit: '[Timer]\n',
          fileName: 'a.timer',
          mode: 0o600,
          dropIns: ['[Timer]\n', ''],
          manager: 'user',
          target: '252',
          now: '2026-12-01',
        },
        '[Service]\n',
      ],
      invalid: [],
    })
    expect(seen).toEqual([
      [
        'a.timer',
        'user',
        252,
        [
          ['a.timer', 0o600],
          ['a.timer.d/0.conf', undefined],
          ['a.timer.d/1.conf', undefined],
        ],
        Date.UTC(2026, 11, 1),
      ],
      [
        'example.service',
        'system',
        expect.any(Number),
        [['example.service', undefined]],
        undefined,
      ],
    ])
  })
})
