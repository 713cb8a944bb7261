import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {load} from '../../src/unit/load.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {assess} from '../../src/security/index.ts'
import {parse} from '../../src/syntax/parse.ts'

test('a backup hardened by hand, row by row as systemd 252.39 prints it', () => {
  const text = readFileSync('test/security/by-hand.service', 'utf8')
  const unit = load([{path: 'by-hand.service', role: 'fragment', tree: parse(text)}], {
    name: 'by-hand.service',
    type: 'service',
    target: defaultTarget,
    manager: 'system',
  })
  const assessment = assess(unit)
  if (assessment.refused) throw new Error(assessment.refused.reason)
  const rows = assessment.rows.map(({name, jsonField, set, exposure}) => ({
    name,
    json_field: jsonField,
    set,
    exposure,
  }))
  const said: unknown = JSON.parse(readFileSync('test/security/by-hand-252.json', 'utf8'))
  expect(rows.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual(said)
  expect(rows).toHaveLength(81)
  expect(assessment.total).toBe(46)
  expect(assessment.level).toBe('OK')
})
