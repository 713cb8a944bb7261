import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {buildCommand} from '../../src/dev/command.mjs'
import {makeFolder} from '../files/folder.ts'
import {hostile} from './plugin.ts'

let dist: string
beforeAll(async () => {
  dist = mkdtempSync(path.join(tmpdir(), 'unitlint-dist-'))
  await buildCommand(dist)
})
afterAll(() => rmSync(dist, {recursive: true}))

/**
 * A run of its own process: a test may not end with its subject. What hangs is killed, and has no
 * status.
 */
function unitlint(
  files: Readonly<Record<string, string>>,
  limit = '',
): {status: number | null; stdout: string; lines: string[]} {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [path.join(dist, 'cli.js'), '-f', 'compact'],
    {
      cwd: makeFolder(files),
      encoding: 'utf8',
      env: {PATH: process.env['PATH'], UNITLINT_TIME_LIMIT: limit},
      timeout: 250_000,
      killSignal: 'SIGKILL',
    },
  )
  return {status, stdout, lines: stderr.split('\n').slice(0, -1)}
}

/**
 * Seconds for what never ends, which are the longer the more comes before it; a busy machine may
 * need more for the rest.
 */
function limitFor(reason: unknown): string {
  return /Did not end within (\d+) s/.exec(String(reason))?.[1] ?? ''
}

const fair = ['a.service:2:1: error: Bad [own/fair]', 'b.service:2:1: error: Bad [own/fair]']
const ofFair = (stdout: string): string[] =>
  stdout.split('\n').filter((line) => line.endsWith('[own/fair]'))

describe('a rule', () => {
  it.each([
    ['never ends', `for (;;);`, 'Did not end within 2 s, and is not run any more'],
    [
      'never yields',
      `return (function* () { for (;;); })()`,
      'Did not end within 2 s, and is not run any more',
    ],
    [
      'never says what',
      `return [{message: 'bad', get at() { for (;;); }}]`,
      'Did not end within 2 s, and is not run any more',
    ],
    [
      'never says why',
      `throw Object.defineProperty(new Error(), 'message', {get() { for (;;); }})`,
      'Did not end within 2 s, and is not run any more',
    ],
    [
      'catches all',
      `for (;;) try { for (;;); } catch {} finally { continue }`,
      'Did not end within 2 s, and is not run any more',
    ],
    ['exits', `process.exit(0)`, 'Unexpected call of `process.exit(0)`'],
    ['exits in earnest', `process.reallyExit(0)`, 'Unexpected call of `process.reallyExit(0)`'],
  ])('that %s is told of, and the rest is reported', (_name, check, reason) => {
    const {status, stdout, lines} = unitlint(hostile({foul: check}), limitFor(reason))
    expect([status, ofFair(stdout), lines]).toEqual([
      2,
      fair,
      [`unitlint: a.service: Rule \`own/foul\` failed: ${reason}`],
    ])
    expect(stdout).toContain(`a.service:1:1: error: Rule \`own/foul\` failed: ${reason} [own/foul]`)
  })

  const late = 'unitlint: Failed late, in a config, a rule or a plugin: '
  it.each([
    [
      'throws later',
      `setTimeout(() => { throw new Error('boom') }, 50); return []`,
      [`${late}boom`],
    ],
    [
      'throws nothing later',
      `setImmediate(() => { throw undefined }); return []`,
      [`${late}undefined`],
    ],
    [
      'throws the worst later',
      `setImmediate(() => { throw Object.create(null) }); return []`,
      [`${late}Unknown error`],
    ],
    ['rejects', `Promise.reject(new Error('boom')); return []`, [`${late}boom`]],
    [
      'rejects later',
      `setTimeout(() => Promise.reject(Symbol('s')), 50); return []`,
      [`${late}Symbol(s)`],
    ],
    [
      'exits later',
      `setTimeout(() => process.exit(0), 50); return []`,
      [`${late}Unexpected call of \`process.exit(0)\``],
    ],
    [
      'keeps the process up',
      `setInterval(() => 0, 50); return []`,
      ['unitlint: A config, a rule or a plugin keeps the process up, which is ended'],
    ],
  ])('that %s is told of, and all is reported', (_name, check, expected) => {
    const {status, stdout, lines} = unitlint(hostile({foul: check}))
    expect([status, ofFair(stdout), lines]).toEqual([2, fair, expected])
  })

  it('sets no status', () => {
    const {status, lines} = unitlint(
      hostile({
        foul: `process.exitCode = 0; process.on('exit', () => { process.exitCode = 0 }); return []`,
      }),
    )
    expect([status, lines]).toEqual([1, []])
  })
})

describe('a config', () => {
  /** What is said of a module, in the place of a config. */
  const said = (module: string, reason = ''): string[] => {
    const {status, lines} = unitlint(
      {'unitlint.config.mjs': module, 'a.service': '[Service]\n'},
      limitFor(reason),
    )
    return [`${status}`, ...lines]
  }
  it.each([
    ['never ends', `for (;;);\nexport default {}`, 'Did not end within 1 s'],
    [
      'never ends behind an await',
      `await 0\nfor (;;);\nexport default {}`,
      'Did not end within 1 s',
    ],
    [
      'waits without end',
      `await new Promise(() => {})\nexport default {}`,
      'Did not end within 1 s',
    ],
    [
      'waits without end, and keeps the process up',
      `await new Promise(() => setInterval(() => 0, 50))\nexport default {}`,
      'Did not end within 1 s',
    ],
    ['is a promise without end', `export default new Promise(() => {})`, 'Did not end within 1 s'],
    ['is never what it is', `export default {then() {}}`, 'Did not end within 1 s'],
    [
      'never says why',
      `throw Object.defineProperty(new Error(), 'message', {get() { for (;;); }})`,
      'Did not end within 1 s',
    ],
    [
      'never says which rules',
      `export default {get rules() { for (;;); }}`,
      'Did not end within 1 s',
    ],
    ['exits', `process.exit(0)`, 'Unexpected call of `process.exit(0)`'],
    ['throws an object without a word', `throw Object.create(null)`, 'Unknown error'],
    [
      'throws an error that throws',
      `throw Object.defineProperty(new Error(), 'message', {get() { throw 1 }})`,
      'Unknown error',
    ],
    ['throws a symbol', `throw Symbol('s')`, 'Symbol(s)'],
    ['throws nothing', `throw undefined`, 'undefined'],
    [
      'throws a proxy',
      `throw new Proxy({}, {get() { throw 1 }, getPrototypeOf() { throw 1 }})`,
      '1',
    ],
    ['is a proxy', `export default new Proxy({}, {ownKeys() { throw new Error('trap') }})`, 'trap'],
    ['has rules that throw', `export default {get rules() { throw new Error('trap') }}`, 'trap'],
    [
      'extends itself',
      `const a = {}\na.extends = a\nexport default a`,
      'Unexpected circle: an object that is within itself',
    ],
    [
      'extends itself in a list',
      `const a = {}\na.extends = ['strict', {extends: [a]}]\nexport default a`,
      'Unexpected circle: an object that is within itself',
    ],
    [
      'extends without end',
      `const f = () => ({get extends() { return f() }})\nexport default f()`,
      'Unexpected depth, expected at most 100 objects in each other',
    ],
    [
      'extends too much',
      `let a = {rules: {}}\nfor (let i = 0; i < 40; i++) a = {extends: [a, a]}\nexport default a`,
      'Unexpected size, expected at most 10000 objects',
    ],
  ])('that %s is told of in a line', (_name, module, reason) => {
    expect(said(module, reason)).toEqual(['2', `unitlint.config.mjs: ${reason}`])
  })

  it('that is deep JSON is told of in a line', () => {
    const deep = (levels: number): string =>
      `${'{"extends":'.repeat(levels)}{}${'}'.repeat(levels)}`
    const depth =
      'unitlint.config.json: Unexpected depth, expected at most 100 objects in each other'
    for (const [levels, line] of [
      [200, depth],
      [100_000, 'unitlint.config.json: Maximum call stack size exceeded'],
    ] as const) {
      const {status, lines} = unitlint({
        'unitlint.config.json': deep(levels),
        'a.service': '[Service]\n',
      })
      expect([status, lines]).toEqual([2, [line]])
    }
  })

  it('that throws later is told of, and all is reported', () => {
    expect(
      said(`setTimeout(() => { throw new Error('boom') }, 50)\nexport default {extends: []}`),
    ).toEqual(['2', 'unitlint: Failed late, in a config, a rule or a plugin: boom'])
    expect(said(`setInterval(() => 0, 50)\nexport default {extends: []}`)).toEqual([
      '2',
      'unitlint: A config, a rule or a plugin keeps the process up, which is ended',
    ])
    expect(said(`export default {extends: []}`)).toEqual(['0'])
  })
})

describe('a plugin', () => {
  const said = (
    plugin: string,
    reason: unknown,
    config = '{"extends": [], "plugins": {"own": "./own.mjs"}}',
  ): string[] => {
    const {status, lines} = unitlint(
      {'unitlint.config.json': config, 'own.mjs': plugin, 'a.service': '[Service]\n'},
      limitFor(reason),
    )
    return [`${status}`, ...lines]
  }
  const trap = `{get() { throw new Error('trap') }}`
  it.each([
    ['never ends', `for (;;);`, 'plugins.own: Cannot load `./own.mjs`: Did not end within 1 s'],
    [
      'waits without end',
      `await new Promise(() => {})`,
      'plugins.own: Cannot load `./own.mjs`: Did not end within 1 s',
    ],
    [
      'exits',
      `process.exit(0)`,
      'plugins.own: Cannot load `./own.mjs`: Unexpected call of `process.exit(0)`',
    ],
    [
      'is a proxy',
      `export default new Proxy({rules: []}, {get(target, name) { if (name === 'rules') throw new Error('trap') }})`,
      'plugins.own: trap',
    ],
    [
      'has rules that throw',
      `export default {get rules() { throw new Error('trap') }}`,
      'plugins.own: trap',
    ],
    [
      'has a rule that is a proxy',
      `export default {rules: [new Proxy({}, ${trap})]}`,
      'plugins.own: trap',
    ],
    [
      'has rules without end',
      `export default {get rules() { for (;;); }}`,
      'plugins.own: Did not end within 1 s',
    ],
    [
      'has a config within itself',
      `const a = {}\na.extends = a\nexport default {rules: [], configs: {a}}`,
      'plugins.own: Unexpected circle: an object that is within itself',
    ],
    ['is nothing', `export default null`, 'plugins.own: Unexpected `null`, expected an object'],
  ])('that %s is told of in a line', (_name, plugin, line) => {
    expect(said(plugin, line)).toEqual(['2', `unitlint.config.json: ${line}`])
  })

  it.each([
    ['throws', `throw new Error('trap')`, 'Cannot check the options of `own/odd`: trap'],
    ['never ends', `for (;;);`, 'Cannot check the options of `own/odd`: Did not end within 1 s'],
    ['returns nothing', ``, expect.stringMatching(/^Cannot check the options of `own\/odd`: /)],
    [
      'says no fault',
      `return {success: false}`,
      expect.stringMatching(/^Cannot check the options of `own\/odd`: /),
    ],
  ])('whose schema %s is told of in a line', (_name, body, reason) => {
    const rule = `{id: 'odd', summary: '', why: '', directives: [], messages: {}, check: () => [], options: {_zod: {}, safeParse() { ${body} }}}`
    const [status, line, ...more] = said(
      `export default {rules: [${rule}]}`,
      reason,
      '{"extends": [], "plugins": {"own": "./own.mjs"}, "rules": {"own/odd": "warn"}}',
    )
    expect([status, line?.replace('unitlint.config.json: rules.own/odd: ', ''), more]).toEqual([
      '2',
      reason,
      [],
    ])
  })

  it('with a config that is nothing is of use', () => {
    expect(
      said(`export default {rules: [], configs: {a: null, b: 5, c: {profile: {}}}}`, ''),
    ).toEqual(['0'])
  })
})
