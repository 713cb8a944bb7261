import type {EnumValue} from '../../facts/directives.ts'
import type {DirectivePlace, AskedSystemd} from './ask.ts'
import type {Remark} from './remark.ts'
import {edited, factsIn, isAtWork, type DirectiveRow} from './table.ts'
import {expected, isComplaint, placeToAsk} from './values.ts'

/**
 * Rows of one section each with the words that enumerations take: every word in the libraries of a
 * systemd is tried on each parser.
 *
 * Where the words stand in the code of a validator, a difference is a doubt.
 */
export async function withWords(
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
  remarks: Remark[],
): Promise<DirectiveRow[]> {
  const differences = new Map<string, Differences>()
  const lists = new Map<string, readonly EnumValue[]>()
  const changed: DirectiveRow[] = []
  for (const row of rows) {
    const place = isAsked(row, systemd.version)
      ? placeToAsk(row.sections[0] ?? '', row.key)
      : undefined
    if (!place) {
      changed.push(row)
      continue
    }
    const kind = JSON.stringify([row.parser, factsIn(row)])
    const found = differences.get(kind) ?? (await differencesOf(row, place, systemd))
    differences.set(kind, found)
    const next = withDifferences(row, place, found, systemd.version, remarks)
    if (next !== row && row.values && next.values)
      lists.set(JSON.stringify(row.values), next.values)
    changed.push(next)
  }
  return changed.map((row) => alike(row, lists, systemd.version, remarks))
}

/**
 * Whether a list of words can be asked for.
 *
 * Those of `sets.ts` have tables of their own, of an unknown type nothing is expected, and a
 * refused unit would take a process for each word.
 */
function isAsked(row: DirectiveRow, version: number): boolean {
  return (
    isAtWork(row, version) &&
    row.parser !== 'NULL' &&
    row.invalidValueRefusesUnit !== true &&
    !notAsked.has(row.type)
  )
}

const notAsked: ReadonlySet<string> = new Set([
  'syscall-filter',
  'syscall-list',
  'address-family-list',
  'capability-set',
  'unknown',
])

/**
 * How the words of systemd's libraries differ from those that the model takes; not asked in full of
 * what takes most texts.
 */
interface Differences {
  /** Words that systemd takes and the model does not know. */
  readonly taken: readonly string[]
  /** Words that the model takes and systemd complains of. */
  readonly lost: readonly string[]
}

async function differencesOf(
  row: DirectiveRow,
  place: DirectivePlace,
  systemd: AskedSystemd,
): Promise<Differences> {
  const own = [...(row.values ?? []).map(({value}) => value), ...(row.keywords ?? [])]
  if (!(await isPicky(place, systemd))) return {taken: [], lost: []}
  const answers = await systemd.answers(place, [
    ...new Set([...systemd.words, ...own, ...specifiers]),
  ])
  const isExpected = (word: string): boolean =>
    !isComplaint(expected(row, place, word, systemd.version))
  return {
    taken: [...answers].flatMap(([word, answer]) =>
      !isComplaint(answer) && !isExpected(word) ? [word] : [],
    ),
    lost: [...answers].flatMap(([word, answer]) =>
      isComplaint(answer) && (own.includes(word) || specifiers.includes(word)) && isExpected(word)
        ? [word]
        : [],
    ),
  }
}

/** Whether a directive takes few words, and leaves the unit alone that has others. */
async function isPicky(place: DirectivePlace, {words, answers}: AskedSystemd): Promise<boolean> {
  for (const step of [5000, 100]) {
    const sample = words.filter((_, index) => index % step === 0)
    const found = [...(await answers(place, sample)).values()]
    if (found.includes('refuses') || found.filter(isComplaint).length <= sample.length / 2)
      return false
  }
  return true
}

/** All but `%y` and `%Y`, the unit's own path. */
const specifiers = [...'abcdefghijklmnopqrstuvwxzABCDEFGHIJKLMNOPQRSTUVWXZ'].map(
  (letter) => `%${letter}`,
)

function withDifferences(
  row: DirectiveRow,
  place: DirectivePlace,
  {taken, lost}: Differences,
  version: number,
  remarks: Remark[],
): DirectiveRow {
  if (taken.length === 0 && lost.length === 0) return row
  const note = (text: string, isDoubt: boolean): number =>
    remarks.push({section: place.section, key: row.key, text, isDoubt})
  const kept = (row.values ?? []).map((word) =>
    lost.includes(word.value) && (word.until ?? Infinity) >= version
      ? {...word, until: version - 1}
      : word,
  )
  const values = [...kept, ...taken.map((value) => ({value, since: version}))]
  const next = edited(row, {values})
  const isTold =
    row.values !== undefined &&
    [...taken, ...lost].every(
      (word) => isComplaint(expected(next, place, word, version)) === lost.includes(word),
    )
  if (taken.length > 0) note(`takes ${listed(taken)}`, !isTold)
  if (lost.length > 0) note(`no longer takes ${listed(lost)}`, !isTold)
  return isTold ? next : row
}

/** Words that verify does not look at follow those of a directive with the same list. */
function alike(
  row: DirectiveRow,
  lists: ReadonlyMap<string, readonly EnumValue[]>,
  version: number,
  remarks: Remark[],
): DirectiveRow {
  const values =
    row.values && isAtWork(row, version) ? lists.get(JSON.stringify(row.values)) : undefined
  if (!values) return row
  remarks.push({
    section: row.sections[0] ?? '',
    key: row.key,
    text: 'has the words of directives with the same list',
    isDoubt: true,
  })
  return edited(row, {values})
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, mostShown).map((word) => `\`${word}\``)
  return words.length > mostShown
    ? `${shown.join(', ')} and ${words.length - mostShown} more`
    : shown.join(', ')
}

const mostShown = 12
