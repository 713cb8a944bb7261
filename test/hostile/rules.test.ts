import {describe, expect, it} from 'vitest'
import {defineRule, RuleTester} from '../../src/rule/index.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {hostile} from './plugin.ts'

const edit = (range: string, more = ''): string =>
  `return [{message: 'bad', at, fix: {title: 't', applicability: 'safe', edits: [{file, range: ${range}, text: 'x'}${more}]}}]`

const cases: Array<[name: string, check: string, reason: string]> = [
  ['throws an error', `throw new Error('boom')`, 'boom'],
  ['throws an object without a word', `throw Object.create(null)`, 'Unknown error'],
  ['throws an error that throws', `throw Object.defineProperty(new Error(), 'message', {get() { throw 1 }})`, 'Unknown error'],
  ['throws an error whose message is none', `throw Object.assign(new Error(), {message: Symbol('s')})`, 'Symbol(s)'],
  ['throws an error whose stack throws', `throw Object.defineProperty(new Error('b'), 'stack', {get() { throw 1 }})`, 'b'],
  ['throws a symbol', `throw Symbol('s')`, 'Symbol(s)'],
  ['throws nothing', `throw undefined`, 'undefined'],
  ['throws null', `throw null`, 'null'],
  ['throws a proxy', `throw new Proxy({}, {get() { throw 1 }, getPrototypeOf() { throw 1 }})`, 'Unknown error'],
  ['throws a dead proxy', `const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy`, 'Unknown error'],
  ['throws a long word', `throw new Error('x'.repeat(1e7))`, `${'x'.repeat(500)}…`],
  ['throws several lines', `throw new Error('one\\ntwo')`, 'one'],
  ['throws later', `return (function* () { yield {message: 'bad', at}; throw new Error('late') })()`, 'late'],
  ['returns nothing', ``, 'Expected problems, found undefined'],
  ['returns a promise', `return Promise.resolve([])`, 'Expected problems, found a promise'],
  ['returns a promise that rejects', `return Promise.reject(new Error('no'))`, 'Expected problems, found a promise'],
  ['yields later', `return (async function* () { yield 1 })()`, 'Expected problems, found object'],
  ['returns a proxy', `return new Proxy([], {get() { throw new Error('trap') }})`, 'trap'],
  ['returns nonsense', `return [5]`, 'Unexpected number, expected a problem'],
  ['has no message', `return [{at}]`, 'Expected a `message`, the id of one of the rule'],
  ['has no place', `return [{message: 'bad'}]`, 'Expected a place `at` which the problem is'],
  ['has a place of nonsense', `return [{message: 'bad', at: {span: 5}}]`, 'Expected a place `at` which the problem is'],
  [
    'has a place without ends',
    `return [{message: 'bad', at: {file, span: {}}}]`,
    'Unexpected place from undefined to undefined, expected one in a file of the unit',
  ],
  [
    'has a place beyond the end',
    `return [{message: 'bad', at: {file, span: {start: 0, end: 1e9}}}]`,
    'Unexpected place from 0 to 1000000000, expected one in a file of the unit',
  ],
  [
    'has a place in no file of the unit',
    `return [{message: 'bad', at: {file: {...file}, span: {start: 0, end: 0}}}]`,
    'Unexpected place from 0 to 0, expected one in a file of the unit',
  ],
  ['has data that throw', `return [{message: 'bad', at, data: {get a() { throw new Error('trap') }}}]`, 'trap'],
  ['edits before the start', edit('[-5, 2]'), 'Unexpected edit from -5 to 2, expected one in a file of the unit'],
  ['edits nowhere', edit('[NaN, NaN]'), 'Unexpected edit from NaN to NaN, expected one in a file of the unit'],
  ['edits backwards', edit('[9, 2]'), 'Unexpected edit from 9 to 2, expected one in a file of the unit'],
  ['edits beyond the end', edit('[2, 1e9]'), 'Unexpected edit from 2 to 1000000000, expected one in a file of the unit'],
  ['edits half a character', edit('[1.5, 2]'), 'Unexpected edit from 1.5 to 2, expected one in a file of the unit'],
  ['edits words', edit(`['1', '2']`), 'Unexpected edit from 1 to 2, expected one in a file of the unit'],
  ['edits without end', edit('[0, Infinity]'), 'Unexpected edit from 0 to Infinity, expected one in a file of the unit'],
  ['edits one place twice', edit('[0, 5]', `, {file, range: [2, 7], text: ''}`), 'Unexpected edit from 2 to 7, which overlaps another of its fix'],
  ['edits without a text', edit('[0, 5]').replace(`'x'`, '5'), 'Expected the `text` of an edit'],
  ['edits without a range', edit('5'), 'Expected the `file` and `range` of an edit'],
  ['edits no array', `return [{message: 'bad', at, fix: {title: 't', applicability: 'safe', edits: 5}}]`, 'Expected an array of `edits`'],
  ['writes too much', edit('[0, 0]').replace(`'x'`, `'x'.repeat(1e8)`), 'Unexpected fix of 100000000 characters, expected at most 1000000'],
  ['has a fix of no kind', edit('[0, 5]').replace(`'safe'`, `'sure'`), 'Unexpected `applicability` of a fix, expected `safe`, `unsafe` or `suggestion`'],
  ['finds no end', `return (function* () { for (;;) yield {message: 'bad', at} })()`, 'Unexpected number of problems, expected at most 1037 in this unit'],
]

describe('a rule', () => {
  it.each(cases)('that %s is told of, and the rest is reported', async (_name, check, reason) => {
    for (const argv of [[], ['--diff']]) {
      const {status, stderr, stdout} = await cli([...argv, '-f', 'compact'], {cwd: makeFolder(hostile({foul: check}))})
      const report = argv.length === 0 ? stdout : stderr
      const line = `Rule \`own/foul\` failed: ${reason}`
      expect(report.split('\n').filter((one) => /service:/.test(one))).toEqual([
        `a.service:1:1: error: ${line} [own/foul]`,
        'a.service:2:1: error: Bad [own/fair]',
        `b.service:1:1: error: ${line} [own/foul]`,
        'b.service:2:1: error: Bad [own/fair]',
      ])
      expect([status, stderr.split('\n').filter((one) => one === `unitlint: ${line}`)]).toEqual([2, [`unitlint: ${line}`]])
    }
  })

  it('changes nothing by a fix that cannot be made', async () => {
    for (const [name, check] of cases) {
      const cwd = makeFolder(hostile({foul: check}))
      const {status, stdout} = await cli(['--fix', '-f', 'compact'], {cwd})
      expect([name, status, stdout.match(/Bad \[own\/fair\]/g)?.length]).toEqual([name, 2, 2])
    }
  })

  it('that fails is told of where a plan is made', async () => {
    const cwd = makeFolder(hostile({foul: `throw Object.create(null)`}))
    const {status, stdout, stderr} = await cli(['security', '--plan', 'a.service'], {cwd})
    expect([status, stderr]).toEqual([2, 'unitlint: Rule `own/foul` failed: Unknown error\n'])
    expect(stdout).toContain('--preset strict')
  })

  it('is held to the same where it is tested', () => {
    const rule = defineRule({
      id: 'foul',
      summary: '',
      why: '',
      messages: {bad: 'Bad'},
      examples: {bad: [], good: []},
      check: (unit) => {
        const [file] = unit.files
        const edits = file ? [{file, range: [-5, 2] as const, text: ''}] : []
        const at = unit.firstHeader
        return at ? [{message: 'bad' as const, at, fix: {title: 't', applicability: 'safe', edits}}] : []
      },
    })
    const runner = {describe: (_name: string, run: () => void) => run(), it: (_name: string, run: () => void) => run()}
    expect(() => new RuleTester(runner).run(rule, {valid: ['[Service]\n'], invalid: []})).toThrow(
      'Unexpected edit from -5 to 2, expected one in a file of the unit',
    )
  })

  it('says no more than people read', async () => {
    const {status, stdout} = await cli(['-f', 'json'], {
      cwd: makeFolder(
        hostile({
          foul: `return [{message: 'x'.repeat(1e7), at, note: 'y'.repeat(1e7), data: {a: 'z'.repeat(1e7)}, fix: {title: 't'.repeat(1e7), applicability: 'safe', edits: []}}]`,
        }),
      ),
    })
    expect([status, stdout.length < 20_000, stdout.includes(`"${'x'.repeat(2000)}…"`)]).toEqual([1, true, true])
  })
})
