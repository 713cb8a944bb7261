import {Writable} from 'node:stream'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import type {Arguments, Grammar} from '../../src/cli/grammar.ts'
import {parseFully} from '../../src/cli/full-arguments.ts'
import {parsePlainly} from '../../src/cli/plain-arguments.ts'
import {times} from '../times.ts'

const grammar = {
  usage: 'test',
  options: {
    fix: {type: 'boolean', describe: ''},
    'unsafe-fixes': {type: 'boolean', describe: ''},
    format: {type: 'string', alias: 'f', describe: ''},
    config: {type: 'string', alias: 'c', negatable: true, describe: ''},
    root: {type: 'string', describe: ''},
  },
} as const satisfies Grammar

/** What was given: whether a switch is on, or the values of an option. */
function given({positionals, on, values}: Arguments): unknown {
  const options = Object.entries(grammar.options).map(([name, {type}]) => [
    name,
    type === 'boolean' ? on(name) : values(name),
  ])
  return {positionals, ...Object.fromEntries(options)}
}

const word = fc.oneof(
  fc.constantFrom(
    '--fix',
    '--no-fix',
    '--unsafe-fixes',
    '-f',
    '-c',
    '--format',
    '--config',
    '--no-config',
    '--root',
    'a.service',
  ),
  fc.constantFrom(
    '-fjson',
    '-fc',
    '--fix=true',
    '--fix=',
    '--no-format',
    '--no-no-fix',
    '--nope',
    '--',
    '-',
    '',
    '-h',
    '--help',
    '-1',
    '1',
  ),
  fc.constantFrom(
    'true',
    'false',
    '"a b"',
    "'",
    '--root=',
    '--format=json',
    '--format="json"',
    '--config=-',
    '--no-config=x',
    '--fix.a',
    '--a=b',
  ),
  fc.string({maxLength: 4}),
)

it('takes no line for plain that yargs reads in another way', async () => {
  const io = {
    cwd: '/',
    env: {},
    stdin: (async function* () {})(),
    stdout: new Writable(),
    stderr: new Writable(),
    now: () => 0,
    date: () => 0,
  }
  await fc.assert(
    fc.asyncProperty(fc.array(word, {maxLength: 6}), async (argv) => {
      const plain = parsePlainly(argv, grammar)
      if (!plain) return
      const full = await parseFully(argv, grammar, io)
      if ('help' in full) throw new Error('Expected arguments')
      expect(given(plain)).toEqual(given(full))
    }),
    {numRuns: times(2000)},
  )
})

it('takes the common call for plain', () => {
  const plain = parsePlainly(
    ['--fix', '-f', 'json', '--config=a.json', 'a.service', '--no-unsafe-fixes', 'b.service'],
    grammar,
  )
  expect(plain && given(plain)).toEqual({
    positionals: ['a.service', 'b.service'],
    fix: true,
    'unsafe-fixes': false,
    format: ['json'],
    config: ['a.json'],
    root: [],
  })
})
