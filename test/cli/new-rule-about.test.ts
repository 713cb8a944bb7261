import {runInThisContext} from 'node:vm'
import {describe, expect, it} from 'vitest'
import {aboutOf} from '../../src/cli/new-rule/about.ts'
import {ruleFiles} from '../../src/cli/new-rule/new-rule-files.ts'
import {RuleTester} from '../../src/engine/tester.ts'
import {directiveNames} from '../../src/facts/directives.ts'
import * as kit from '../../src/rule/index.ts'

/** `MemoryMax` as `memory-max`. */
const idOf = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()

/** Run what is written, with the kit of the sources. */
function written(id: string): void {
  const files = ruleFiles(id, 'js')
  const run = (name: string, scope: Readonly<Record<string, unknown>>): unknown => {
    const body = (files.get(name) ?? '')
      .replaceAll(/^import .*\n/gm, '')
      .replace('export default', 'return')
    const made = runInThisContext(`(function ({${Object.keys(scope).join(', ')}}) {${body}})`) as (
      given: typeof scope,
    ) => unknown
    return made(scope)
  }
  const atOnce = (_name: string, its: () => void): void => its()
  run(`test/${id}.test.js`, {
    describe: atOnce,
    it: atOnce,
    RuleTester,
    rule: run(`rules/${id}.js`, kit),
  })
}

describe('new-rule for the directive that its id names', () => {
  it.each([
    ['memory-max', {directive: 'MemoryMax', section: 'Service', value: '512M', isWanted: true}],
    ['require-memory-max', {directive: 'MemoryMax', isWanted: true}],
    ['no-memory-max', {directive: 'MemoryMax', isWanted: false}],
    ['limit-nofile-is-set', {directive: 'LimitNOFILE'}],
    ['always-restart-sec', {directive: 'RestartSec'}],
    [
      'require-documentation',
      {directive: 'Documentation', section: 'Unit', file: 'example.service'},
    ],
    ['accept', {directive: 'Accept', section: 'Socket', file: 'example.socket'}],
    ['no-shell', undefined],
    ['class', undefined],
  ])('%s', (id, about) => {
    const found = aboutOf(id)
    expect(found === undefined).toBe(about === undefined)
    if (about) expect(found).toMatchObject(about)
  })

  it('writes rules that pass their tests, for all directives', () => {
    const failed: string[] = []
    for (const name of directiveNames()) {
      for (const id of [idOf(name), `no-${idOf(name)}`]) {
        if (aboutOf(id)?.directive !== name) continue
        try {
          written(id)
        } catch (error) {
          failed.push(`${id}: ${String(error).slice(0, 200)}`)
        }
      }
    }
    expect(failed).toEqual([])
  })
})
