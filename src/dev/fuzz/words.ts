import fc from 'fast-check'
import {example} from '../../explain/examples.ts'
import {words} from '../../explain/values.ts'
import {directiveNames, everywhere} from '../../facts/directives.ts'
import {anyOf} from './target.ts'

/**
 * A line as one would write it: a directive in a section that has it, with values that it takes.
 */
interface PossibleLine {
  readonly section: string
  readonly key: string
  readonly values: readonly string[]
}

const rows: readonly PossibleLine[] = directiveNames().flatMap((key) =>
  everywhere(key).flatMap((facts) =>
    facts.sections.map((section): PossibleLine => {
      const shown = example(section, {...facts, key})
      const known = words({...facts, key}).map((word) => word.replace(/ .*/, ''))
      return {section, key, values: [...(shown === undefined ? [] : [shown]), ...known]}
    }),
  ),
)

const bySection = new Map<string, PossibleLine[]>()
for (const row of rows) {
  const its = bySection.get(row.section)
  if (its) its.push(row)
  else bySection.set(row.section, [row])
}

/** What is said to rules by comments. */
const comments = [
  '# c',
  '; c',
  '#',
  '# unitlint-disable',
  '# unitlint-disable-next-line private-tmp',
  '# unitlint-enable',
  '# unitlint-disable-line x',
]

const odd = [
  ...[
    '',
    'yes',
    'no',
    '0',
    '-1',
    '1',
    '~',
    '%i',
    '%',
    '/',
    '"',
    '"a b',
    "'",
    '\\',
    '\\x2',
    '\\\\',
    '@system-service',
    '~@clock',
    'infinity',
  ],
  ...[
    'a.service',
    '/bin/sh -c "a; b > /c"',
    '-/usr/bin/x',
    '+',
    '!!/bin/a',
    '$A',
    '${A}',
    '1h 30',
    '5',
    'é',
    '\u{1F600}',
    '\uDC80',
    '\uFFFE',
    '#',
    ';',
  ],
  ...[
    '/usr/bin/node a.js',
    '/usr/sbin/nginx',
    '/usr/bin/python3 -m a',
    'root',
    '0:0',
    'any',
    'localhost',
    '10.0.0.0/8',
    'AF_UNIX',
    'CAP_SYS_ADMIN',
  ],
]

/** A value of a directive, or what nobody would write there. */
function valueOf({values}: PossibleLine): fc.Arbitrary<string> {
  const word = anyOf(odd)
  const known = values.length === 0 ? word : anyOf(values)
  return fc.oneof(
    {weight: 6, arbitrary: known},
    {weight: 2, arbitrary: word},
    {
      weight: 1,
      arbitrary: fc.array(fc.oneof(known, word), {maxLength: 4}).map((all) => all.join(' ')),
    },
    {weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 8})},
  )
}

/**
 * `KEY=VALUE`, most of it as systemd takes it, now and then over several lines or with a letter
 * missing.
 */
function lineOf(row: PossibleLine): fc.Arbitrary<string> {
  const {key} = row
  const names = fc.oneof(
    {weight: 12, arbitrary: fc.constant(key)},
    {weight: 1, arbitrary: fc.nat(key.length).map((at) => key.slice(0, at) + key.slice(at + 1))},
  )
  const signs = fc.oneof(
    {weight: 12, arbitrary: fc.constant('=')},
    {weight: 1, arbitrary: fc.constantFrom(' = ', ':', '= \\\n  ', '=\\\n# c\n')},
  )
  return fc.tuple(names, signs, valueOf(row)).map((parts) => parts.join(''))
}

const anyRow = anyOf(rows)

/** Lines of a section, those that it has among others. */
function sectionOf(name: string): fc.Arbitrary<string> {
  const its = bySection.get(name) ?? []
  const own = its.length === 0 ? anyRow : anyOf(its)
  const line = fc.oneof(
    {weight: 14, arbitrary: own.chain(lineOf)},
    {weight: 1, arbitrary: anyRow.chain(lineOf)},
    {weight: 2, arbitrary: anyOf(comments)},
    {
      weight: 1,
      arbitrary: fc.constantFrom('', ' ', '=', 'x', '[', '[x', 'a b', '\t', 'A=\\', '\\'),
    },
  )
  return fc.array(line, {maxLength: 8}).map((lines) => [`[${name}]`, ...lines].join('\n'))
}

const commands = [
  '/usr/bin/x',
  '/bin/sh -c a',
  '/usr/bin/node a.js',
  '/usr/sbin/nginx',
  '@/usr/bin/x y',
  '-/usr/bin/python3 a',
]

/** A unit of a type: what it cannot do without in most, then anything. */
export function unitText(section: string): fc.Arbitrary<string> {
  const named = fc.oneof(
    {weight: 5, arbitrary: fc.constant(section)},
    {weight: 2, arbitrary: fc.constantFrom('Unit', 'Install', 'Service', 'X-A', 'Servce')},
  )
  const head = section === 'Service' ? anyOf([...commands, undefined]) : fc.constant(undefined)
  return fc
    .tuple(
      head,
      fc.array(named.chain(sectionOf), {maxLength: 3}),
      fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
      fc.boolean(),
    )
    .map(([command, sections, end, isEnded]) => {
      const first = command === undefined ? [] : [`[Service]\nExecStart=${command}`]
      return ([...first, ...sections].join('\n') + (isEnded ? '\n' : '')).replaceAll('\n', end)
    })
}

/** Types of units that files make, with the section that is theirs. */
export const fuzzedTypes = [
  ...([
    ['service', 'Service'],
    ['service', 'Service'],
    ['service', 'Service'],
    ['socket', 'Socket'],
    ['timer', 'Timer'],
    ['path', 'Path'],
  ] as const),
  ...([
    ['mount', 'Mount'],
    ['automount', 'Automount'],
    ['swap', 'Swap'],
    ['slice', 'Slice'],
    ['target', 'Unit'],
  ] as const),
]
