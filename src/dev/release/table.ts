import type {EnumValue, ValueFacts} from '../../facts/directives.ts'
import {compare} from '../../reporters/lint-result.ts'

/** A line of the table of directives. */
export type DirectiveRow = ValueFacts

/** The parser of directives that are still known and no longer do anything. */
export const withoutEffect = 'config_parse_warn_compat'

/** The rows in a text of `directives.ts`. */
export function directiveRows(text: string): DirectiveRow[] {
  const [, json] = table.exec(text) ?? []
  if (json === undefined) throw new Error('Expected a table of directives')
  // Written by `withRows`.
  return JSON.parse(json.replaceAll('\\\\', '\\')) as DirectiveRow[]
}

/**
 * The text of `directives.ts` with other rows: one a line, sections that agree merged, sorted by
 * name.
 */
export function withRows(text: string, rows: readonly DirectiveRow[]): string {
  const lines = merged(rows).map((row) => escaped(JSON.stringify(row)))
  if (lines.some((line) => line.includes('`') || line.includes('${')))
    throw new Error('A row would end the template literal that holds it')
  const sorted = lines.toSorted(
    (one, other) => compare(keyOf(one), keyOf(other)) || compare(one, other),
  )
  return text.replace(table, () => `\`[\n${sorted.join(',\n')}\n]\``)
}

/**
 * JSON as it stands in a template literal; of ASCII alone, as any other character would have the
 * script of the command take twice the memory.
 */
function escaped(json: string): string {
  const ascii = json.replaceAll(
    /[^\0-\x7F]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return ascii.replaceAll('\\', '\\\\')
}

const table = /(?<= = )`(\[[^`]*\])`/

/** Whether systemd knows what a row is about, in a version. */
export function isKnownIn(
  {since = 0, unknownSince = Infinity}: DirectiveRow,
  version: number,
): boolean {
  return since <= version && version < unknownSince
}

/** Whether it also does something. */
export function isAtWork(row: DirectiveRow, version: number): boolean {
  return (
    isKnownIn(row, version) && !isRemoved(row, version) && row.unsupportedInThisSection !== true
  )
}

function isRemoved({removedSince = Infinity}: DirectiveRow, version: number): boolean {
  return removedSince <= version
}

/**
 * What a row says about values, and not about where, since when, and by which name: another
 * directive of the parser would have the same.
 */
export function factsIn(row: DirectiveRow): Partial<DirectiveRow> {
  return pick(row, (field) => !ownFields.has(field))
}

const ownFields: ReadonlySet<string> = new Set([
  ...[
    'sections',
    'key',
    'parser',
    'page',
    'since',
    'unknownSince',
    'removedSince',
    'lastWorkingParser',
    'parserHistory',
    'backported',
  ],
  ...[
    'emptyAssignment',
    'emptyByVersion',
    'unsupportedInThisSection',
    'aliasOf',
    'legacy',
    'obsolete',
  ],
])

/** A row with other fields, and without those that are undefined now, in the order of the table. */
export function edited(
  row: DirectiveRow,
  changes: {readonly [Field in keyof DirectiveRow]?: DirectiveRow[Field] | undefined},
): DirectiveRow {
  const fields = Object.entries({...row, ...changes}).filter(([, value]) => value !== undefined)
  const place = ([field]: readonly [string, unknown]): number => {
    if (last.includes(field)) return last.indexOf(field) + 1
    return first.includes(field) ? first.indexOf(field) - first.length : 0
  }
  // Those fields of a row that every row has cannot be taken away by their types.
  return Object.fromEntries(
    fields.toSorted((one, other) => place(one) - place(other)),
  ) as unknown as DirectiveRow
}

/** All other fields stand between these, as they come. */
const first = [
  'sections',
  'key',
  'parser',
  'lastWorkingParser',
  'type',
  'values',
  'booleanToo',
  'numericToo',
  'repeat',
  'words',
]
const last = [
  ...[
    'emptyAssignment',
    'resets',
    'unsupportedInThisSection',
    'invalidValueRefusesUnit',
    'aliasOf',
    'emptyByVersion',
    'unknownSince',
    'legacy',
  ],
  ...['removedSince', 'page', 'since', 'parserHistory', 'backported'],
]

/** A row with other facts about values. */
export function withFacts(row: DirectiveRow, facts: Partial<DirectiveRow>): DirectiveRow {
  const none = Object.fromEntries(Object.keys(factsIn(row)).map((field) => [field, undefined]))
  return edited(row, {...none, ...facts})
}

/**
 * The rows as they were before a version, as far as rows tell; what a parser took that has changed
 * is told by other directives with it.
 */
export function rowsBefore(rows: readonly DirectiveRow[], version: number): DirectiveRow[] {
  const pairs = rows
    .filter(({since = 0}) => since < version)
    .map((row) => ({row, before: rowBefore(row, version)}))
  return pairs.map(({row, before}) => {
    if (before.parser === row.parser || before.parser === row.lastWorkingParser) return before
    const like = pairs.find((pair) => pair.row !== row && pair.before.parser === before.parser)
    return like ? withFacts(before, factsIn(like.before)) : before
  })
}

function rowBefore(row: DirectiveRow, version: number): DirectiveRow {
  const {
    parser,
    lastWorkingParser,
    parserHistory,
    removedSince = 0,
    unknownSince = 0,
    values,
    emptyByVersion = {},
  } = row
  const history = parserHistory?.filter(([since]) => since < version)
  const empties = Object.entries(emptyByVersion).filter(([since]) => Number(since) < version)
  const changes = {
    ...(history?.length === parserHistory?.length
      ? {}
      : {parserHistory: history, parser: history?.at(-1)?.[1] ?? parser}),
    ...(removedSince < version
      ? {}
      : {
          parser: lastWorkingParser ?? parser,
          lastWorkingParser: undefined,
          removedSince: undefined,
        }),
    ...(unknownSince < version ? {} : {unknownSince: undefined}),
    ...(values?.some((word) => wordBefore(word, version) !== word)
      ? {values: values.flatMap((word) => wordBefore(word, version) ?? [])}
      : {}),
    ...(empties.length === Object.keys(emptyByVersion).length
      ? {}
      : {
          emptyByVersion: empties.length > 0 ? Object.fromEntries(empties) : undefined,
          emptyAssignment:
            empties.at(-1)?.[1] === 'warns'
              ? ('rejected with a warning' as const)
              : ('accepted' as const),
        }),
  }
  return Object.keys(changes).length > 0 ? edited(row, changes) : row
}

function wordBefore(word: EnumValue, version: number): EnumValue | undefined {
  const {since = 0, until = 0, obsoleteSince = 0} = word
  if (since >= version) return undefined
  if (until < version - 1 && obsoleteSince < version) return word
  return {
    ...pick(word, (field) => field !== 'until' && field !== 'obsoleteSince'),
    value: word.value,
    ...(until > 0 && until < version - 1 ? {until} : {}),
    ...(obsoleteSince > 0 && obsoleteSince < version ? {obsoleteSince} : {}),
  }
}

function pick<Fields extends object>(
  fields: Fields,
  isWanted: (field: string) => boolean,
): Partial<Fields> {
  // Some of the fields of what was given.
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => isWanted(field)),
  ) as Partial<Fields>
}

/** Rows that differ in their sections only, as one. */
function merged(rows: readonly DirectiveRow[]): DirectiveRow[] {
  const sections = new Map<string, string[]>()
  for (const {sections: own, ...rest} of rows) {
    const key = JSON.stringify(rest)
    sections.set(key, [...(sections.get(key) ?? []), ...own])
  }
  // The keys are rows without their sections.
  return [...sections].map(([rest, own]) => ({
    sections: own.toSorted(bySection),
    ...(JSON.parse(rest) as Omit<DirectiveRow, 'sections'>),
  }))
}

/** As the table has always had them. */
const sectionOrder = ['Unit', 'Service', 'Socket', 'Mount', 'Swap', 'Slice', 'Scope']

function bySection(one: string, other: string): number {
  const place = (section: string): number =>
    sectionOrder.includes(section) ? sectionOrder.indexOf(section) : sectionOrder.length
  return place(one) - place(other) || compare(one, other)
}

function keyOf(line: string): string {
  return /"key":"([^"]*)"/.exec(line)?.[1] ?? ''
}
