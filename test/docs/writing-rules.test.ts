import {readFileSync} from 'node:fs'
import {compileFunction} from 'node:vm'
import {transformSync} from 'esbuild'
import {expect, it} from 'vitest'
import * as zod from 'zod'
import * as unitlint from '../../src/index.ts'
import * as kit from '../../src/rule/index.ts'

const guide = readFileSync(new URL('../../docs/writing-rules.md', import.meta.url), 'utf8')

/** The first code behind a heading. */
function codeBelow(heading: string): string {
  const [, code] = /```ts\n([^]*?)```/.exec(guide.slice(guide.indexOf(`## ${heading}\n`))) ?? []
  return code ?? ''
}

/** What a module exports that imports these. */
function run(code: string, modules: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const module = {exports: {}}
  const {code: script} = transformSync(code, {loader: 'ts', format: 'cjs'})
  const require = (name: string): unknown => modules[name]
  compileFunction(script, ['require', 'module']).call(undefined, require, module)
  return module.exports
}

it('has a rule and a test that go together', () => {
  const rule = run(codeBelow('The long way'), {zod, 'unitlint/rule': kit})
  const test = codeBelow('Test')
  const modules = {unitlint, '../rules/no-root-shell.ts': rule}
  expect(() => run(test, modules)).not.toThrow()
  expect(() => run(test.replace('2:1', '2:2'), modules)).toThrow('Unexpected problems')
})
