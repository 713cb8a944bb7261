import {readdirSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import * as z from 'zod'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {wholeExample} from '../../src/rule/example.ts'
import type {Example, Rule} from '../../src/rule/rule.ts'

/** Lint an example with one rule on, at the newest target, and with all fixes when asked. */
function run(rule: Rule, example: Example, fix?: 'unsafe'): VFile {
  const {name, unit, target, mode, sight, manager} = wholeExample(example)
  const file = new VFile({path: name, value: unit})
  lint(
    file,
    {
      rules: [{rule, severity: 2, options: rule.options.parse({})}],
      targets: [target],
      manager,
      fix,
    },
    {sight, mode: () => mode},
  )
  return file
}

test('each file in rules/ is a rule of that name, and the index has them all', () => {
  const files = readdirSync('rules')
    .filter((name) => name !== 'index.ts' && name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
  expect(rules.map(({id}) => id)).toEqual(files.toSorted())
})

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test('speaks the one grammar', () => {
    for (const message of Object.values(rule.messages)) {
      expect(message).toMatch(/^(?:Unexpected|Expected) |^\{words\}/)
      expect(message).not.toMatch(/[.!]$|please/i)
    }
    expect(rule.summary).toMatch(/^[A-Z][^\n]*[^.]$/)
    expect(rule.why).toMatch(/\.$/)
    expect(rule.unless ?? 'X.').toMatch(/\.$/)
  })

  test('options have defaults, and nothing unknown passes', () => {
    expect(rule.options.parse({})).toEqual(rule.defaults)
    expect(rule.options.safeParse({noSuchOption: 1}).success).toBe(false)
    expect(() => z.toJSONSchema(rule.options, {io: 'input'})).not.toThrow()
  })

  test('bad examples are found', () => {
    expect(rule.examples.bad.length).toBeGreaterThan(0)
    for (const example of rule.examples.bad) {
      const {messages} = run(rule, example)
      expect(messages, String(example)).not.toEqual([])
      for (const message of messages) {
        expect(message.fatal, message.reason).toBe(false)
        // Placeholders are filled; `${A}` is what units have.
        expect(message.reason).not.toMatch(/(?<!\$)\{\w+\}/)
        expect(message.reason).toMatch(/^(?:Unexpected|Expected) /)
        expect(message.ruleId).toBe(rule.id)
      }
    }
  })

  test('good examples are clean', () => {
    expect(rule.examples.good.length).toBeGreaterThan(0)
    for (const example of rule.examples.good)
      expect(run(rule, example).messages.map(String), String(example)).toEqual([])
  })

  test('what can be fixed is clean when fixed, and stays as it is', () => {
    for (const example of rule.examples.bad) {
      const fixable = run(rule, example).messages.filter(
        ({fix}) => fix && fix.applicability !== 'suggestion',
      )
      const fixed = run(rule, example, 'unsafe')
      const again = new VFile({path: fixed.path, value: fixed.value})
      const rerun = run(rule, {name: again.path ?? '', unit: String(again.value)}, 'unsafe')
      expect(String(rerun.value)).toBe(String(fixed.value))
      if (fixable.length > 0) expect(fixed.messages.filter(({fix}) => fix).map(String)).toEqual([])
    }
  })
})

test('presets name rules that exist, and each rule but `all` keeps to its options', () => {
  const known = new Set(rules.map(({id}) => id))
  for (const [name, {rules: settings = {}}] of Object.entries(presets)) {
    for (const id of Object.keys(settings)) expect(known.has(id), `${name}: ${id}`).toBe(true)
  }
  const given = Object.values(presets).flatMap(({rules: settings = {}}) =>
    Object.entries(settings).filter(([, setting]) => Array.isArray(setting)),
  )
  expect(given.length).toBeGreaterThan(0)
  for (const [id, setting] of given) {
    const rule = rules.find((candidate) => candidate.id === id)
    const options: unknown = Array.isArray(setting) ? setting[1] : undefined
    expect(rule?.options.parse(options)).toEqual(Object.assign({}, rule?.defaults, options))
  }
  expect(Object.keys(presets['all']?.rules ?? {}).toSorted()).toEqual([...known].toSorted())
})
