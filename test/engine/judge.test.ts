import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import {judge} from '../../src/engine/judge.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {target} from '../../src/facts/targets.ts'
import {defineRule, fixBy, remove, rename, set} from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/rule.ts'

const options: LintOptions = {rules: [], targets: [target('257')!], manager: 'system'}

function active(id: string): LintOptions['rules'][number] {
  const rule = rules.find((one) => one.id === id)!
  return {rule, severity: 2, options: rule.options.parse({})}
}

const privateTmp = active('private-tmp')
const main = {path: 'a.service', text: '[Service]\nExecStart=/bin/cat\nPrivateTmp=no\n'}

describe('what is judged', () => {
  test('is told file by file', () => {
    const dropIn = {path: 'a.service.d/b.conf', text: '[Service]\nPrivateTmp=off\n'}
    const {files, faults, applied} = judge(
      {files: [{...main, text: '[Service]\nExecStart=/bin/cat\n'}, dropIn]},
      {...options, rules: [privateTmp]},
    )
    expect(
      files.map(({path, findings}) => [
        path,
        findings.map(({position, message}) => `${position.start.line}: ${message}`),
      ]),
    ).toEqual([
      ['a.service', []],
      ['a.service.d/b.conf', ['2: Unexpected `PrivateTmp=no`, expected `yes` or stricter']],
    ])
    expect({faults, applied}).toEqual({faults: [], applied: []})
  })

  test('comes back fixed where that is asked for, and stays as it was', () => {
    const unit = Object.freeze({files: [Object.freeze({...main})] as const})
    const judgement = judge(unit, {...options, rules: [privateTmp], fix: 'unsafe'})
    expect(judgement.files).toEqual([
      {path: 'a.service', text: '[Service]\nExecStart=/bin/cat\nPrivateTmp=yes\n', findings: []},
    ])
    expect(judgement.applied).toEqual(['private-tmp'])
    expect(judgement.exposure).toMatchObject({
      target: '257',
      before: expect.any(Number),
      after: judgement.exposure!.before - 2,
    })
    expect(unit.files[0]).toEqual(main)
  })

  test('has an exposure where it is a service that systemd loads', () => {
    const exposed = (path: string, text: string): unknown =>
      judge({files: [{path, text}]}, options).exposure
    expect(exposed('a.service', main.text)).toMatchObject({target: '257'})
    expect(exposed('a.service', '[Service]\n')).toBeUndefined()
    expect(exposed('a.timer', '[Timer]\nOnBootSec=1\n')).toBeUndefined()
    expect(exposed('a.service.d/b.conf', main.text)).toBeUndefined()
  })

  test('has a reason where it stays bare, though rules ask to harden it', () => {
    const because = (text: string, its: Partial<LintOptions>): unknown =>
      judge({files: [{path: 'a.service', text}]}, {...options, ...its}).exposure?.because
    const shell = '[Service]\nExecStart=/bin/bash\n'
    const why = '`ExecStart=` lets a user in, who runs what they like'
    const bare = '[Service]\nExecStart=/bin/cat\n'
    const rules = [privateTmp]
    expect(because(shell, {rules})).toBe(why)
    expect(because(shell, {rules: []})).toBeUndefined()
    expect(because(shell, {rules: [active('no-unknown-directive')]})).toBeUndefined()
    expect(because(main.text, {rules, fix: 'safe'})).toBe(
      '`PrivateTmp=no` leaves it to the service',
    )
    expect(because(bare, {rules, fix: 'safe'})).toBeUndefined()
    const off = `# unitlint-disable\n${shell}`
    expect(because(off, {rules})).toBeUndefined()
    expect(because(off, {rules, inlineConfig: false})).toBe(why)
    expect(because(off, {rules: [], inlineConfig: false})).toBeUndefined()
  })

  test('is not changed where it may not be', () => {
    const judgement = judge(
      {files: [{...main, isChangeable: false}]},
      {...options, rules: [privateTmp], fix: 'unsafe'},
    )
    expect(judgement.files[0]).toMatchObject({text: main.text, findings: [{ruleId: 'private-tmp'}]})
    expect(judgement.applied).toEqual([])
  })
})

test('a fix does not rely on lines behind the end of a drop-in', () => {
  const text = '[Service]\nExecStart=/bin/cat\n'
  const dropIn = {path: 'a.service.d/b.conf', text: '[Service]\nDynamicUser=\nPrivateTmp=yes\n'}
  const {files, faults, applied} = judge(
    {files: [{...main, text}, dropIn]},
    {...options, targets: [target('247')!], rules: [privateTmp], fix: 'unsafe'},
  )
  expect(faults).toEqual([])
  expect(files.map((file) => file.text)).toEqual([`${text}\nPrivateTmp=yes\n`, dropIn.text])
  expect(applied).toEqual(['private-tmp'])
})

test('findings come in the order of their lines, at one place in that of their rules', () => {
  const finding = (id: string, keys: readonly string[]): Rule =>
    defineRule({
      ...words,
      id,
      *check(unit) {
        for (const key of keys)
          for (const at of unit.assignments('Service', key)) yield {message: 'bad', at}
      },
    })
  const told = (...some: readonly Rule[]): string[] =>
    judge({files: [main]}, {...options, rules: some.map(activeOf)}).files[0]!.findings.map(
      ({ruleId, position: {start}}) => `${start.line} ${ruleId}`,
    )
  const [one, other] = [
    finding('one', ['PrivateTmp', 'ExecStart']),
    finding('other', ['ExecStart']),
  ]
  expect(told(one, other)).toEqual(['2 one', '2 other', '3 one'])
  expect(told(other, one)).toEqual(['2 one', '2 other', '3 one'])
})

describe('what cannot be judged', () => {
  test('a file that is no unit', () => {
    const {files, exposure} = judge({files: [{path: 'a.txt', text: ''}]}, options)
    expect(files[0]?.findings.map(({message}) => message)).toEqual([
      'Expected a file name that ends like a unit, such as `.service`',
    ])
    expect(exposure).toBeUndefined()
  })

  test('a unit that is too much', () => {
    const {files, faults} = judge(
      {files: [{path: 'a.service', text: `[Service]\n${'Environment=A=1\n'.repeat(3_000)}`}]},
      options,
    )
    expect(files[0]?.findings).toEqual([])
    expect(faults.map(({message}) => message)).toEqual([
      expect.stringMatching(/^Not linted: Too much for one unit/),
    ])
  })

  test('to its end, where a rule has too much to say', () => {
    const many = defineRule({
      ...words,
      id: 'many',
      *check(unit) {
        for (const at of unit.all('Service')) yield {message: 'bad', at}
      },
    })
    const text = `[Service]\n${'Nice=1\n'.repeat(1_200)}`
    const found = judge({files: [{...main, text}]}, {...options, rules: [activeOf(many)]}).files[0]!
      .findings
    expect(found).toHaveLength(1_001)
    expect(new Set(found.slice(0, -1).map(({message}) => message))).toEqual(new Set(['Bad']))
    expect(found.at(-1)?.message).toBe(
      'Unexpected number of problems of this rule in one unit, more than 1000: from here on they are left out',
    )
  })

  test('with all its fixes, where it is long', () => {
    const text = `[Service]\nExecStart=/x\n${'Environment=A\n'.repeat(1_300)}`
    const wishing = defineRule({
      ...words,
      id: 'wishing',
      *check(unit) {
        for (const at of unit.assignments('Service', 'Environment').slice(0, 20))
          yield {message: 'bad', at, fix: {title: 'Do', changes: [remove(at)]}}
      },
    })
    const found = judge({files: [{...main, text}]}, {...options, rules: [activeOf(wishing)]})
      .files[0]!.findings
    const left =
      'Too many fixes for so long a unit at once: this one is left for a run after `--fix`'
    const kinds = found.map(({fix, note}) => (fix ? 'fix' : note))
    expect(new Set(kinds)).toEqual(new Set(['fix', left]))
    expect(kinds.indexOf(left)).toBe(kinds.lastIndexOf('fix') + 1)
  })

  test('by a rule that fails; by the others it is', () => {
    const {files, faults} = judge(
      {files: [main]},
      {...options, rules: [activeOf(failing), privateTmp]},
    )
    expect(faults).toMatchObject([{ruleId: 'failing', message: 'Rule `failing` failed: oh'}])
    expect(files[0]?.findings.map(({ruleId}) => ruleId)).toEqual(['private-tmp'])
  })

  test('is told on a VFile, with the rule and what it threw', () => {
    const file = new VFile({path: 'a.service', value: main.text})
    lint(file, {...options, rules: [activeOf(failing), privateTmp]})
    expect(
      file.messages.map(({ruleId, fatal, reason, file: its}) => ({ruleId, fatal, reason, its})),
    ).toEqual([
      {
        ruleId: 'private-tmp',
        fatal: false,
        reason: 'Unexpected `PrivateTmp=no`, expected `yes` or stricter',
        its: 'a.service',
      },
      {ruleId: 'failing', fatal: true, reason: 'Rule `failing` failed: oh', its: 'a.service'},
    ])
    expect(file.messages[1]!.cause).toMatchObject({message: 'oh'})
  })

  test('is told at the line that the rule failed at, with what it threw', () => {
    const trap = new Error('trap')
    const trapped = defineRule({
      ...words,
      id: 'trapped',
      *check(unit) {
        const at = unit.assignments('Service', 'Nice').at(-1)
        if (at)
          yield {
            message: 'bad',
            at,
            get note(): string {
              throw trap
            },
          }
      },
    })
    const twice = defineRule({
      ...words,
      id: 'twice',
      *check(unit) {
        const at = unit.assignments('Service', 'Nice').at(-1)
        if (at) yield {message: 'bad', at, fix: fixBy('safe', [remove(at), rename(at, 'X')], 'Do')}
      },
    })
    const [file, dropIn] = ['a.service', 'a.service.d/b.conf'].map(
      (path) => new VFile({path, value: path === 'a.service' ? main.text : '[Service]\n Nice=5\n'}),
    )
    lint(file!, {...options, rules: [activeOf(trapped), activeOf(twice)]}, {dropIns: [dropIn!]})
    expect(file!.messages).toEqual([])
    expect(dropIn!.messages.map(({name, reason}) => `${name}: ${reason}`)).toEqual([
      'a.service.d/b.conf:2:2: Rule `trapped` failed: trap',
      'a.service.d/b.conf:2:2: Rule `twice` failed: Unexpected second change of `Nice=` in one fix',
    ])
    expect(dropIn!.messages[0]!.cause).toMatchObject({stack: trap.stack})
  })

  test('to an end, as fixes undo each other', () => {
    const {faults} = judge({files: [main]}, {...options, rules: [activeOf(swinging)], fix: 'safe'})
    expect(faults).toMatchObject([
      {ruleId: 'swinging', message: 'Rule `swinging` failed: its fixes do not settle'},
    ])
  })

  test('to an end, as fixes of several rules undo each other, in one line', () => {
    const {faults, files} = judge(
      {files: [main]},
      {...options, rules: [activeOf(nicing('1')), activeOf(nicing('2'))], fix: 'safe'},
    )
    expect(faults).toMatchObject([
      {
        ruleId: 'nice-1',
        message: 'Rule `nice-1` failed: its fixes do not settle with those of `nice-2`',
      },
    ])
    expect(files[0]?.text.match(/^Nice=/gm)).toEqual(['Nice='])
  })

  test('as no run makes a fix with which the unit does not load, which is told', () => {
    const rule = {...deleting, id: 'acme/deleting'}
    const [file] = judge({files: [main]}, {...options, rules: [activeOf(rule)]}).files
    expect(file?.findings).toMatchObject([
      {
        note: 'With this fix systemd would not load the unit, so `--fix` does not make it',
        fix: {applicability: 'suggestion'},
      },
    ])
  })
})

function activeOf<Options>(rule: Rule<Options>): LintOptions['rules'][number] {
  // A rule takes just the options that its own schema made.
  return {rule, severity: 2, options: rule.options.parse({})}
}

const words = {
  summary: 'Fail',
  why: 'To be seen.',
  messages: {bad: 'Bad'},
  examples: {bad: [], good: []},
}

const failing = defineRule({
  ...words,
  id: 'failing',
  check: () => {
    throw new Error('oh')
  },
})

/** A rule that wants a value of a directive which has one. */
function nicing(value: string): Rule {
  return defineRule({
    ...words,
    id: `nice-${value}`,
    *check(unit) {
      const at = unit.header('Service')
      if (!at || unit.text('Nice') === value) return
      yield {message: 'bad', at, fix: {title: 'Be nice', changes: [set('Service', 'Nice', value)]}}
    },
  })
}

const deleting = defineRule({
  ...words,
  id: 'deleting',
  *check(unit) {
    for (const at of unit.assignments('Service', 'ExecStart'))
      yield {message: 'bad', at, fix: {title: 'Remove it', changes: [remove(at)]}}
  },
})

const swinging = defineRule({
  ...words,
  id: 'swinging',
  *check(unit) {
    const [found] = unit.assignments('Service', 'PrivateTmp')
    if (!found) return
    yield {
      message: 'bad',
      at: found,
      fix: {
        title: 'Swing',
        changes: [set('Service', 'PrivateTmp', found.value === 'yes' ? 'true' : 'yes')],
      },
    }
  },
})
