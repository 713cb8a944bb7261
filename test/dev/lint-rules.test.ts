import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'

/** The lines that our own rule of the linter complains of in a file. */
function spreads(text: string): string[] {
  const jsPlugins = [path.join(top, 'src', 'dev', 'lint-rules.mjs')]
  const config = JSON.stringify({jsPlugins, rules: {'unitlint/no-spread-arguments': 'error'}})
  const cwd = makeFolder({'config.json': config, 'a.ts': text})
  const oxlint = path.join(top, 'node_modules', '.bin', 'oxlint')
  const {stdout} = spawnSync(oxlint, ['-c', 'config.json', '-f', 'unix', 'a.ts'], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return stdout
    .split('\n')
    .flatMap((line) =>
      line.includes('Unexpected spread') ? [/:(\d+):/.exec(line)?.[1] ?? line] : [],
    )
}

test('a spread in the arguments of a call is found, and none elsewhere', () => {
  const text = [
    'export function a(list: number[], ...rest: number[]): unknown {',
    '  list.push(...rest)',
    '  const more = [...list, Math.max(0, ...rest)]',
    '  const set = new Set(...[list])',
    '  return {...set, more: [...more], all: a?.(list, ...more)}',
    '}',
  ]
  expect(spreads(`${text.join('\n')}\n`)).toEqual(['2', '3', '4', '5'])
})

test('the sources are held to that', () => {
  const {jsPlugins, overrides} = JSON.parse(
    readFileSync(path.join(top, '.oxlintrc.json'), 'utf8'),
  ) as {
    jsPlugins: string[]
    overrides: {files: string[]; rules: Record<string, unknown>}[]
  } // As its schema has it.
  const held = overrides
    .filter(({rules}) => rules['unitlint/no-spread-arguments'] === 'error')
    .flatMap(({files}) => files)
  expect([jsPlugins, held]).toEqual([
    ['./src/dev/lint-rules.mjs'],
    ['src/**', 'rules/**', 'configs/**'],
  ])
})
