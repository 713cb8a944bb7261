import {corrections} from '../../facts/data/directive-corrections.ts'
import type {UnitType} from '../../facts/unit-types.ts'
import type {ValueContext} from '../../values/fault.ts'
import {validate} from '../../values/validate.ts'
import {complaintOfEmpty, complaintOfUse} from '../../unit/read/uses.ts'
import {parseBoolean} from '../../values/boolean.ts'
import type {Reception, DirectivePlace, AskedSystemd} from './ask.ts'
import {factsIn, isAtWork, type DirectiveRow} from './table.ts'

/** What a directive says about values. */
export type LearntFacts = Pick<DirectiveRow, 'type' | 'repeat'> & Partial<DirectiveRow>

/** What a directive is thought to take, and what is not certain of it. */
export interface Guess {
  readonly facts: LearntFacts
  readonly doubts: readonly string[]
}

/**
 * Where a directive of a section can be asked about; undefined for scopes, which no file can make,
 * and for `[Install]`, whose values nobody looks at.
 */
export function placeToAsk(section: string, key: string): DirectivePlace | undefined {
  const unitType =
    section === 'Unit' ? 'service' : askable.find((type) => type === section.toLowerCase())
  return unitType && {section, key, unitType}
}

const askable: readonly UnitType[] = [
  'service',
  'socket',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
]

/** What the model says that systemd answers. */
export function expected(
  row: DirectiveRow,
  {section, key, unitType}: DirectivePlace,
  value: string,
  version: number,
): Reception {
  const facts = {...row, ...(corrections.get(`${section}.${key}`) ?? corrections.get(key))}
  const context: ValueContext = {
    facts,
    version,
    manager: 'system',
    unitType,
    unitName: `unitlint.${unitType}`,
    section,
    memory: new Set(),
  }
  if (complaintOfUse(context)) return 'warns'
  if (value === '')
    return {line: 'warns', unit: 'refuses', none: 'silent'}[
      complaintOfEmpty(context) ?? 'none'
    ] as Reception
  const faults = [...validate(value, context)].filter(({silent, unplaced}) => !silent && !unplaced)
  if (faults.some(({effect}) => effect === 'unit')) return 'refuses'
  return faults.length > 0 ? 'warns' : 'silent'
}

/** What systemd does with values at which types part. */
export function sampled(
  systemd: AskedSystemd,
  place: DirectivePlace,
): Promise<ReadonlyMap<string, Reception>> {
  return systemd.answers(place, samples)
}

/** Whether the facts of a row foretell the answers to samples. */
export function holds(
  row: DirectiveRow,
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
  version: number,
): boolean {
  return differing(row, place, answers, version).length === 0
}

/**
 * Facts for a directive of a parser by its answers to samples: those of others of that parser, or
 * else of those that answer alike.
 */
export async function guess(
  systemd: AskedSystemd,
  rows: readonly DirectiveRow[],
  parser: string,
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
): Promise<Guess> {
  const atWork = rows.filter((row) => isAtWork(row, systemd.version) && row.type !== 'unknown')
  const likely = atWork.filter((row) => row.parser === parser)
  const found =
    likely.length > 0
      ? byParser(likely, place, answers, systemd.version)
      : await byAnswers(atWork, parser, place, answers, systemd)
  const refuses = [...answers.values()].includes('refuses')
  const {invalidValueRefusesUnit: _, ...facts} = found.facts
  return {...found, facts: refuses ? {...facts, invalidValueRefusesUnit: true} : facts}
}

/** Facts for a directive that cannot be asked about: what others of its parser agree on. */
export function guessUnasked(
  systemd: AskedSystemd,
  rows: readonly DirectiveRow[],
  parser: string,
): Guess {
  const likely = rows.filter((row) => isAtWork(row, systemd.version) && row.parser === parser)
  return likely.length > 0 ? common(likely, []) : unknown(parser)
}

function byParser(
  likely: readonly DirectiveRow[],
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
  version: number,
): Guess {
  const {best, values} = nearest(compared(likely, place, answers, version))
  return common(
    best,
    values.length > 0
      ? [`answers otherwise than the others of ${best[0]?.parser} to ${quoted(values)}`]
      : [],
  )
}

async function byAnswers(
  rows: readonly DirectiveRow[],
  parser: string,
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
  systemd: AskedSystemd,
): Promise<Guess> {
  const words = await enumerated(systemd, place, answers)
  if (words)
    return {
      facts: words,
      doubts: [`${parser} is new; these are all words in the libraries that it takes`],
    }
  const likely = compared(
    rows.filter(({type}) => type !== 'enum'),
    place,
    answers,
    systemd.version,
  ).filter(
    ({values}) =>
      values.length <= fewDifferences && values.every((value) => isComplaint(answers.get(value))),
  )
  const taken = await systemd.answers(place, [...new Set(likely.flatMap(({row}) => wordsOf(row)))])
  const {best, values} = nearest(
    likely.filter(({row}) => wordsOf(row).every((word) => !isComplaint(taken.get(word)))),
  )
  if (best.length === 0) return unknown(parser)
  const exceptions = values.length > 0 ? `, but not to ${quoted(values)}` : ''
  return {
    facts: mostCommon(best),
    doubts: [`${parser} is new; it answers like ${names(best)}${exceptions}`],
  }
}

/** How often a directive may complain where another one of its type does not. */
const fewDifferences = 2

interface Comparison {
  readonly row: DirectiveRow
  /** Where its facts foretell another answer. */
  readonly values: readonly string[]
}

function compared(
  rows: readonly DirectiveRow[],
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
  version: number,
): Comparison[] {
  const found = new Map<string, readonly string[]>()
  return rows.map((row) => {
    const {emptyAssignment, emptyByVersion, parser} = row
    const kind = JSON.stringify([parser, factsIn(row), emptyAssignment, emptyByVersion])
    const values = found.get(kind) ?? differing(row, place, answers, version)
    found.set(kind, values)
    return {row, values}
  })
}

/** The rows that foretell the answers best, and where they fail. */
function nearest(found: readonly Comparison[]): {
  readonly best: DirectiveRow[]
  readonly values: readonly string[]
} {
  const fewest = found.reduce((least, {values}) => Math.min(least, values.length), Infinity)
  const best = found.filter(({values}) => values.length === fewest)
  return {best: best.map(({row}) => row), values: best[0]?.values ?? []}
}

function wordsOf({values}: DirectiveRow): string[] {
  return (values ?? []).map(({value}) => value)
}

function differing(
  row: DirectiveRow,
  place: DirectivePlace,
  answers: ReadonlyMap<string, Reception>,
  version: number,
): string[] {
  return samples.filter(
    (value) =>
      isComplaint(answers.get(value)) !== isComplaint(expected(row, place, value, version)),
  )
}

function unknown(parser: string): Guess {
  return {
    facts: {type: 'unknown', repeat: 'replace'},
    doubts: [
      `${parser} is new and answers like nothing known: which type, and does it take lists?`,
    ],
  }
}

/** What some rows agree on. */
function common(rows: readonly DirectiveRow[], doubts: readonly string[]): Guess {
  const facts = mostCommon(rows)
  const differing = [...new Set(rows.flatMap((row) => Object.keys(factsIn(row))))].filter(
    (field) =>
      new Set(rows.map((row) => JSON.stringify(fieldOf(row, field)))).size > 1 &&
      field !== 'invalidValueRefusesUnit',
  )
  const agreed = Object.entries(facts).filter(
    ([field]) => !differing.includes(field) || field === 'type' || field === 'repeat',
  )
  return {
    facts: {...Object.fromEntries(agreed), type: facts.type, repeat: facts.repeat},
    doubts:
      differing.length > 0
        ? [...doubts, `the others of ${rows[0]?.parser} differ in ${quoted(differing)}`]
        : doubts,
  }
}

function mostCommon(rows: readonly DirectiveRow[]): LearntFacts {
  const counts = new Map<string, {readonly row: DirectiveRow; count: number}>()
  for (const row of rows) {
    const found = counts.get(JSON.stringify(factsIn(row)))
    if (found) found.count++
    else counts.set(JSON.stringify(factsIn(row)), {row, count: 1})
  }
  const [most] = [...counts.values()].toSorted((one, other) => other.count - one.count)
  if (!most) throw new Error('Expected rows to choose from')
  return {...factsIn(most.row), type: most.row.type, repeat: most.row.repeat}
}

function fieldOf(row: DirectiveRow, field: string): unknown {
  return Object.entries(row).find(([name]) => name === field)?.[1]
}

function names(rows: readonly DirectiveRow[]): string {
  return [...new Set(rows.map(({key}) => `${key}=`))].toSorted().slice(0, mostShown).join(', ')
}

function quoted(values: readonly string[]): string {
  return (
    values
      .slice(0, mostShown)
      .map((value) => `\`${value}\``)
      .join(', ') + (values.length > mostShown ? ', …' : '')
  )
}

const mostShown = 8

/** Facts of an enumeration, if it takes a few words and nothing else but booleans. */
async function enumerated(
  {answers, words, version}: AskedSystemd,
  place: DirectivePlace,
  sampled: ReadonlyMap<string, Reception>,
): Promise<LearntFacts | undefined> {
  const taken = samples.filter((value) => value !== '' && sampled.get(value) === 'silent')
  if (
    taken.some(
      (value) =>
        !/^[a-z0-9-]+$/i.test(value) || (/\d/.test(value) && parseBoolean(value) === undefined),
    )
  )
    return undefined
  const found = await answers(place, words)
  const others = words.filter(
    (word) => found.get(word) === 'silent' && parseBoolean(word) === undefined,
  )
  if (others.length === 0 || others.length > 60) return undefined
  const booleanToo = taken.includes('yes') && taken.includes('0')
  const values = [...(booleanToo ? ['no', 'yes'] : []), ...others].map((value) => ({
    value,
    since: version,
  }))
  return {type: 'enum', values, ...(booleanToo ? {booleanToo} : {}), repeat: 'replace'}
}

/** Whether systemd says something. */
export function isComplaint(answer: Reception | undefined): boolean {
  return answer !== 'silent'
}

/** Values at which types part. */
const samples: readonly string[] = [
  ...[
    '',
    'yes',
    'no',
    '1',
    '0',
    '2',
    '7',
    '10',
    '-1',
    '+1',
    '100',
    '101',
    '10000',
    '10001',
    '65535',
    '65536',
    '4294967295',
    '4294967296',
    '0x10',
    '010',
  ],
  ...[
    '18446744073709551615',
    '18446744073709551616',
    '1.5',
    '5s',
    '5min',
    '1h 30m',
    '5 s',
    '1M',
    '1 M',
    '1G',
    '1KB',
    '10%',
    '100%',
    '101%',
    '1.5%',
    '1000%',
  ],
  ...[
    'infinity',
    'auto',
    'none',
    'default',
    'any',
    'native',
    'root',
    'nobody',
    '1000:1000',
    'a b',
    'a,b',
    'a:b',
    'a=b',
    'A=b',
    'A=b C',
    'user.a=b',
    'user.a',
  ],
  ...[
    '~',
    '~a',
    '!a',
    '-a',
    '+a',
    '@a',
    '@system-service',
    'read',
    'CAP_CHOWN',
    'AF_UNIX',
    'SIGTERM',
    'TERM',
    '15',
    'EPERM',
    '0644',
    '0999',
    '07777',
  ],
  ...[
    '/',
    '/a',
    '/a/',
    '/a/../b',
    '/a b',
    '/a:/b',
    '-/a',
    '+/a',
    '~/a',
    'a/b',
    '../a',
    '/a\\x20b',
    '"/a"',
    '"a b"',
    "'a",
    '"',
    'a"b',
    'a\\q',
  ],
  ...[
    'a.service',
    'a@.service',
    'a@b.service',
    'a.slice',
    'a.b',
    'org.a.b',
    'a@b',
    'file:a',
    'https://a.example/',
    'man:a(1)',
    'tcp',
    'udp:53',
    'ipv4:tcp:1-9',
  ],
  ...[
    '127.0.0.1',
    '127.0.0.1/8',
    '::1',
    '[::1]:80',
    '127.0.0.1:80',
    '8080',
    '0-3',
    '0-3,5',
    'eth0',
    'eth0.1',
    'e'.repeat(16),
    'a'.repeat(300),
    '*-*-* 00:00',
    'daily',
  ],
  ...[
    '%n',
    '%%',
    '%',
    '%j',
    '%q',
    'a%n',
    '/%n',
    'é',
    'YWJj',
    '00ff',
    '[',
    '(a',
    'pid:/a',
    '/dev/null',
    '/dev/null rwm',
    '/dev/sda 100',
    'char-tty rw',
  ],
]
