import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {judge} from '../../src/engine/judge.ts'
import type {Dialect} from '../../src/facts/dialect.ts'
import type {ValueFacts} from '../../src/facts/directives.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {dialectOf} from '../../src/values/dialect.ts'
import {lineFault} from '../../src/values/fault.ts'

const image: ValueFacts = {
  sections: ['Container'],
  key: 'Image',
  parser: 'image',
  type: 'image',
  repeat: 'replace',
  resets: true,
}

/** A little of how Quadlet reads containers (podman-systemd.unit(5)). */
const quadlet: Dialect = {
  types: {container: ['Unit', 'Container', 'Install']},
  row: (section, key) => (section === 'Container' && key === 'Image' ? image : undefined),
  *grammar(value) {
    if (!value.includes('/'))
      yield lineFault(value, `Unexpected \`${value}\`, expected the full name of an image`)
  },
}

const target = {name: '257', version: 257, dialect: quadlet}
// The types of files are systemd's, by their names.
const identity = {name: 'a.container', type: 'container' as UnitType, role: 'fragment'} as const

describe('a target that reads files as another does', () => {
  const text =
    '[Container]\nImage=docker.io/a\nImage=b\nPrivateTmp=yes\n[Service]\nPrivateTmp=perhaps\n'

  test('has the sections, the directives and the values of its dialect', () => {
    const unit = load([{path: 'a.container', role: 'fragment', tree: parse(text)}], {
      ...identity,
      target,
      manager: 'system',
    })
    expect(unit.lines.map(({section, key, value}) => `${section}.${key}=${value}`)).toEqual([
      'Container.Image=docker.io/a',
      'Container.Image=b',
      'Container.PrivateTmp=yes',
    ])
    expect(verdict(unit).complaints.map(({kind, line, message}) => [kind, line, message])).toEqual([
      ['invalid-value', 3, 'Unexpected `b`, expected the full name of an image'],
      ['unknown-directive', 4, undefined],
      ['unknown-section', 5, undefined],
    ])
  })

  test('is judged by the rules that there are', () => {
    const some = rules.filter(({id}) => ['no-invalid-value', 'no-unknown-section'].includes(id))
    const active = some.map((rule) => ({
      rule,
      severity: 2 as const,
      options: rule.options.parse({}),
    }))
    const {files, faults} = judge(
      {files: [{path: 'a.container', text}], identity},
      {rules: active, targets: [target], manager: 'system'},
    )
    expect(faults).toEqual([])
    expect(
      files[0]?.findings.map(({ruleId, position}) => `${position.start.line} ${ruleId}`),
    ).toEqual(['3 no-invalid-value', '5 no-unknown-section'])
  })
})

test('a target that says nothing of it reads as systemd does', () => {
  const {types, row, grammar} = dialectOf({name: '257', version: 257})
  expect(types['service']).toEqual(['Unit', 'Service', 'Install'])
  const facts = row('Service', 'PrivateTmp', 257)!
  const context = {
    facts,
    version: 257,
    manager: 'system',
    unitType: 'service',
    unitName: 'a.service',
    section: 'Service',
    memory: new Set<string>(),
  } as const
  expect([...grammar('perhaps', context)]).toHaveLength(1)
  expect([...grammar('yes', context)]).toEqual([])
})
