import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {newestVersion, oldestVersion, target, within} from '../../src/facts/targets.ts'
import {unitTypes} from '../../src/facts/unit-types.ts'
import {wholeExample} from '../../src/rule/example.ts'
import type {Example, Rule} from '../../src/rule/rule.ts'

/** What rules say of a unit together, for each of some systemds and for both managers. */
function said(asked: readonly Rule[], example: Example): readonly string[] {
  const {name, unit, target: own, mode, sight} = wholeExample(example)
  return [oldestVersion, newestVersion].flatMap((version) =>
    (['system', 'user'] as const).flatMap((manager) => {
      const known = target(String(version))
      const its = known && within(known, own.environments ?? [])
      if (!its) throw new Error(`Expected ${version} to be a target`)
      const file = new VFile({path: name, value: unit})
      const active = asked.map((rule) => ({
        rule,
        severity: 2 as const,
        options: rule.options.parse({}),
      }))
      lint(
        file,
        {rules: active, targets: [its], manager, fix: undefined},
        {sight, mode: () => mode},
      )
      return file.messages.map(({ruleId, fatal, place, reason, fix}) =>
        JSON.stringify({ruleId, version, manager, fatal, place, reason, fix}),
      )
    }),
  )
}

/** All lines of all examples together, of each type. */
const texts = rules
  .flatMap(({examples: {bad, good}}) => [...bad, ...good])
  .map((example) => wholeExample(example).unit)
const common: ReadonlyArray<{name: string; unit: string}> = [
  ...unitTypes.map((type) => ({name: `example.${type}`, unit: texts.join('\n')})),
  {
    name: 'bad.service',
    unit: 'junk\n[Service]\nExecStart=/bin/a\n=x\n[Servise]\nA=1\n[Service\nB=2\n',
  },
  {
    name: 'old.service',
    unit: '[Unit]\nBindTo=a.service\nRequiresOverridable=b.service\n[Service]\nExecStart=/bin/a\nReadWriteDirectories=/srv/a\n',
  },
]

/** The examples of a rule, alone and as drop-ins. */
function subjectsFor({examples: {bad, good}}: Rule): readonly Example[] {
  const own = [...bad, ...good]
  const dropIns = own.map((example) => ({
    name: 'example.service.d/more.conf',
    unit: wholeExample(example).unit,
  }))
  return [...own, ...dropIns]
}

describe('what a rule is about never changes what it says', () => {
  const everywhere = (rule: Rule): Rule => ({...rule, options: rule.options, on: {}})
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.on).toBeDefined()
    const subjects = subjectsFor(rule)
    const all = subjects.map((subject) => said([everywhere(rule)], subject))
    expect(subjects.map((subject) => said([rule], subject))).toEqual(all)
    expect(all.flat()).not.toEqual([])
  })

  test.each(common.map((subject) => [subject.name, subject] as const))(
    '%s, all lines of all examples',
    (_name, subject) => {
      expect(said(rules, subject)).toEqual(said(rules.map(everywhere), subject))
    },
  )
})

test('few rules are called for a plain service', () => {
  const called: string[] = []
  const watched = (rule: Rule): Rule => ({
    ...rule,
    options: rule.options,
    check(unit, options) {
      called.push(rule.id)
      return rule.check(unit, options)
    },
  })
  const text =
    '[Unit]\nDescription=Example\n\n[Service]\nExecStart=/usr/bin/example\n\n[Install]\nWantedBy=multi-user.target\n'
  const its = target(String(newestVersion))
  // Those that harden are for every service.
  const ids = new Set(
    Object.entries(presets['recommended']?.rules ?? {}).flatMap(([id, setting]) =>
      [setting].flat()[0] === 'off' || [setting].flat()[0] === 'info' ? [] : [id],
    ),
  )
  const recommended = rules.filter(({id}) => ids.has(id))
  const active = recommended.map((rule) => ({
    rule: watched(rule),
    severity: 2 as const,
    options: rule.options.parse({}),
  }))
  lint(new VFile({path: 'example.service', value: text}), {
    rules: active,
    targets: its ? [its] : [],
    manager: 'system',
    fix: undefined,
  })
  expect(recommended.length).toBeGreaterThan(30)
  expect(called.toSorted()).toEqual([
    'no-ambiguous-time',
    'no-empty-instance',
    'no-invalid-install',
    'no-misspelt-program',
    'no-needed-denial',
    'no-ordering-cycle',
    'no-overridden-value',
    'no-placeholder',
    'no-shell-syntax',
    'no-shutdown-conflict',
    'no-type-mismatch',
    'no-unescaped-percent',
    'no-wrong-install-target',
  ])
})
