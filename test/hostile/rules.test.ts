import {describe, expect, it} from 'vitest'
import {RuleTester} from '../../src/engine/tester.ts'
import {defineRule, replaceWord} from '../../src/rule/index.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {hostile} from './plugin.ts'

const fix = (changes: string): string =>
  `return [{message: 'bad', at, fix: {title: 't', applicability: 'safe', changes: ${changes}}}]`
const word = (span: string, more = ''): string =>
  fix(`[{kind: 'word', assignment: at, span: ${span}, text: 'x'}${more}]`)

type Case = [name: string, check: string, reason: string]

const cases: Case[] = [
  ['throws an error', `throw new Error('boom')`, 'boom'],
  ['throws an object without a word', `throw Object.create(null)`, 'Unknown error'],
  [
    'throws an error that throws',
    `throw Object.defineProperty(new Error(), 'message', {get() { throw 1 }})`,
    'Unknown error',
  ],
  [
    'throws an error whose message is none',
    `throw Object.assign(new Error(), {message: Symbol('s')})`,
    'Symbol(s)',
  ],
  [
    'throws an error whose stack throws',
    `throw Object.defineProperty(new Error('b'), 'stack', {get() { throw 1 }})`,
    'b',
  ],
  ['throws a symbol', `throw Symbol('s')`, 'Symbol(s)'],
  ['throws nothing', `throw undefined`, 'undefined'],
  ['throws null', `throw null`, 'null'],
  [
    'throws a proxy',
    `throw new Proxy({}, {get() { throw 1 }, getPrototypeOf() { throw 1 }})`,
    'Unknown error',
  ],
  [
    'throws a dead proxy',
    `const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy`,
    'Unknown error',
  ],
  ['throws a long word', `throw new Error('x'.repeat(1e7))`, `${'x'.repeat(500)}…`],
  ['throws several lines', `throw new Error('one\\ntwo')`, 'one'],
  [
    'throws later',
    `return (function* () { yield {message: 'bad', at}; throw new Error('late') })()`,
    'late',
  ],
  ['returns nothing', ``, 'Expected problems, found undefined'],
  ['returns a promise', `return Promise.resolve([])`, 'Expected problems, found a promise'],
  [
    'returns a promise that rejects',
    `return Promise.reject(new Error('no'))`,
    'Expected problems, found a promise',
  ],
  [
    'yields later',
    `return (async function* () { yield 1 })()`,
    'Expected problems, found an async generator',
  ],
  ['returns a proxy', `return new Proxy([], {get() { throw new Error('trap') }})`, 'trap'],
  ['returns nonsense', `return [5]`, 'Unexpected number, expected a problem'],
  [
    'has no message',
    `return [{at}]`,
    'Unexpected message `undefined`, expected the id of one of the rule',
  ],
  [
    'has a message that is not one of its own',
    `return [{message: 'toString', at}]`,
    'Unexpected message `toString`, expected the id of one of the rule',
  ],
  [
    'leaves a part of its message open',
    `return [{message: 'filled', at, data: {a: 1}}]`,
    'Expected `data` for `{b}` of the message',
  ],
  ['has no place', `return [{message: 'bad'}]`, 'Expected a place `at` which the problem is'],
  [
    'has a place of nonsense',
    `return [{message: 'bad', at: {span: 5}}]`,
    'Expected a place `at` which the problem is',
  ],
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
  [
    'has data that throw',
    `return [{message: 'bad', at, data: {get a() { throw new Error('trap') }}}]`,
    'trap',
  ],
  [
    'changes what is before the start',
    word('{start: -5, end: 2}'),
    'Unexpected change from -5 to 2, expected one within the value',
  ],
  ['changes nothing at all', word('{start: NaN, end: NaN}'), 'Expected the `span` of a change'],
  [
    'changes backwards',
    word('{start: 9, end: 2}'),
    'Unexpected change from 9 to 2, expected one within the value',
  ],
  [
    'changes beyond the end',
    word('{start: 2, end: 1e9}'),
    'Unexpected change from 2 to 1000000000, expected one within the value',
  ],
  ['changes half a character', word('{start: 1.5, end: 2}'), 'Expected the `span` of a change'],
  ['changes words', word(`{start: '1', end: '2'}`), 'Expected the `span` of a change'],
  ['changes without end', word('{start: 0, end: Infinity}'), 'Expected the `span` of a change'],
  ['changes without a span', word('5'), 'Expected the `span` of a change'],
  [
    'changes one place twice',
    word(
      '{start: 0, end: 5}',
      `, {kind: 'word', assignment: at, span: {start: 2, end: 7}, text: ''}`,
    ),
    'Unexpected change from 2 to 7, which overlaps another of its fix',
  ],
  ...[
    ['writes a line twice', `{kind: 'rewrite', assignment: at, values: ['/x']}`],
    [
      'writes a line that it sets',
      `{kind: 'set', section: 'Service', key: 'ExecStart', value: '/x'}`,
    ],
    ['writes a line that it removes', `{kind: 'remove', assignment: at}`],
    [
      'writes a line and a word of it',
      `{kind: 'word', assignment: at, span: {start: 0, end: 1}, text: '/'}`,
    ],
  ].map(([name = '', change = '']): Case => [
    name,
    fix(`[{kind: 'rewrite', assignment: at, values: ['/y']}, ${change}]`),
    'Unexpected second change of `ExecStart=` in one fix',
  ]),
  [
    'renames a line twice',
    fix(`[{kind: 'rename', at, name: 'ExecStop'}, {kind: 'rename', at, name: 'ExecReload'}]`),
    'Unexpected second change of `ExecStart=` in one fix',
  ],
  [
    'has a fix that is none',
    `return [{message: 'bad', at, fix: () => 5}]`,
    'Unexpected function, expected a fix',
  ],
  [
    'changes without a text',
    word('{start: 0, end: 5}').replace(`'x'`, '5'),
    'Expected the text `text` of a change',
  ],
  ['changes no array', fix('5'), 'Expected an array of `changes`'],
  ['changes nonsense', fix('[5]'), 'Unexpected number, expected a change'],
  [
    'edits text',
    fix(`[{file, range: [0, 5], text: 'x'}]`),
    'Unexpected kind of change `undefined`',
  ],
  [
    'changes the line of another unit',
    fix(`[{kind: 'remove', assignment: {...at, file: {...file}}}]`),
    'Expected a change of an assignment of the unit',
  ],
  ['changes no line', fix(`[{kind: 'remove'}]`), 'Expected a change of an assignment of the unit'],
  [
    'sets nothing',
    fix(`[{kind: 'set', section: 'Service', key: 'Nice'}]`),
    'Expected the text `value` of a change',
  ],
  [
    'sets a directive that is misspelt',
    fix(`[{kind: 'set', section: 'Service', key: 'PrivateTpm', value: 'yes'}]`),
    'Unexpected directive `PrivateTpm` of a change, did you mean `PrivateTmp`?',
  ],
  [
    'adds to a section that is misspelt',
    fix(`[{kind: 'add', section: 'Servce', key: 'PrivateTmp', value: 'yes'}]`),
    'Unexpected section `Servce` of a change of a service, did you mean `Service`?',
  ],
  [
    'moves to a section of other units',
    fix(`[{kind: 'move', assignment: at, section: 'Timer', key: at.key, value: at.value}]`),
    'Unexpected section `Timer` of a change of a service, expected one of `Unit`, `Service`, `Install`',
  ],
  [
    'writes no lines',
    fix(`[{kind: 'rewrite', assignment: at, values: []}]`),
    'Expected an array of `values` of a change',
  ],
  [
    'writes too much',
    word('{start: 0, end: 0}').replace(`'x'`, `'x'.repeat(1e8)`),
    'Unexpected fix of 100000000 characters, expected at most 1000000',
  ],
  [
    'has a fix of no kind',
    word('{start: 0, end: 5}').replace(`'safe'`, `'sure'`),
    'Unexpected `applicability` of a fix, expected `safe`, `unsafe` or `suggestion`',
  ],
  [
    'has fixes of nonsense',
    `return [{message: 'bad', at, fix: [5]}]`,
    'Unexpected number, expected a fix',
  ],
  [
    'finds no end',
    `return (function* () { for (;;) yield {message: 'bad', at} })()`,
    'Unexpected number of problems, expected at most 1037 in this unit',
  ],
]

/** What is wrong with a problem whose place is known. */
const ofPlace =
  /^(adds|changes|edits|has (a fix|a message|data|fixes|no message)|leaves|moves|renames|sets|writes)/

/** What is told of a file, in the order of places. */
function expectedOf(path: string, place: string, line: string): string[] {
  return [
    `${path}:${place}: error: ${line} [own/foul]`,
    `${path}:2:1: error: Bad [own/fair]`,
  ].toSorted()
}

describe('a rule', () => {
  it.each(cases)('that %s is told of, and the rest is reported', async (name, check, reason) => {
    const [place, told] = ofPlace.test(name) ? ['2:1', 'a.service:2:1'] : ['1:1', 'a.service']
    for (const argv of [[], ['--diff']]) {
      const {status, stderr, stdout} = await cli([...argv, '-f', 'compact'], {
        cwd: makeFolder(hostile({foul: check})),
      })
      const report = argv.length === 0 ? stdout : stderr
      const line = `Rule \`own/foul\` failed: ${reason}`
      expect(report.split('\n').filter((one) => /^[ab]\.service:/.test(one))).toEqual([
        ...expectedOf('a.service', place, line),
        ...expectedOf('b.service', place, line),
      ])
      expect([status, stderr.split('\n').filter((one) => one.startsWith('unitlint: '))]).toEqual([
        2,
        [`unitlint: ${told}: ${line}`],
      ])
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
    expect([status, stderr]).toEqual([
      2,
      'unitlint: a.service: Rule `own/foul` failed: Unknown error\n',
    ])
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
        const [at] = unit.all('Service')
        const changes = at ? [replaceWord(at, {start: -5, end: 2}, '')] : []
        return at ? [{message: 'bad' as const, at, fix: {title: 't', changes}}] : []
      },
    })
    const runner = {
      describe: (_name: string, run: () => void) => run(),
      it: (_name: string, run: () => void) => run(),
    }
    expect(() =>
      new RuleTester(runner).run(rule, {valid: ['[Service]\nNice=5\n'], invalid: []}),
    ).toThrow('Unexpected change from -5 to 2, expected one within the value')
  })

  it('says no more than people read', async () => {
    const {status, stdout} = await cli(['-f', 'json'], {
      cwd: makeFolder(
        hostile({
          foul: `return [{message: 'long', at, note: 'y'.repeat(1e7), data: {a: 'z'.repeat(1e7)}, fix: {title: 't'.repeat(1e7), applicability: 'safe', changes: []}}]`,
        }),
      ),
    })
    expect([status, stdout.length < 20_000, stdout.includes(`"${'x'.repeat(2000)}…"`)]).toEqual([
      1,
      true,
      true,
    ])
  })
})
