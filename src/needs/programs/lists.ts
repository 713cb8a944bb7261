import {countFirst} from '../../syntax/ordered.ts'
import {recent} from '../../unit/query.ts'

/**
 * A row of a table: names of programs, which spaces separate; one with a `*` stands for all that
 * begin and end so.
 */
interface ProgramsRow {
  readonly programs: string
}

/** A table that is asked for the names of programs. */
interface Table<Its> {
  /** The rows that a name stands in. */
  readonly named: (name: string) => readonly Its[]
  /** The rows of which a pattern stands for one of the names. */
  readonly alike: (names: readonly string[]) => readonly Its[]
}

/**
 * Ask a table for the names of programs.
 *
 * Of all names in a table few are ever asked for: to go through the lists, all in one text, is
 * faster than to make a map of them.
 */
export function rowsByName<Its extends ProgramsRow>(rows: readonly Its[]): Table<Its> {
  const patterns = rows.flatMap((row) =>
    patternsIn(row.programs).map((pattern) => ({...pattern, row})),
  )
  const lists = rows.map(({programs}) => programs).join('\n')
  let length = -1
  const ends = rows.map(({programs}) => (length += programs.length + 1))
  return {
    named: recent(few, (name) => {
      const found = new Set<Its>()
      if (name.includes('\n')) return []
      for (let at = placeOf(name, lists); at !== -1; at = placeOf(name, lists, at + 1)) {
        const row = rows[countFirst(ends, (end) => end < at)]
        if (row) found.add(row)
      }
      return [...found]
    }),
    alike: (names) =>
      patterns
        .filter(({start, end}) =>
          names.some(
            (name) =>
              name.length > start.length + end.length &&
              name.startsWith(start) &&
              name.endsWith(end),
          ),
        )
        .map(({row}) => row),
  }
}

/** What a name with a `*` begins and ends with. */
interface Pattern {
  readonly start: string
  readonly end: string
}

function patternsIn(list: string): readonly Pattern[] {
  const found: Pattern[] = []
  let end = 0
  for (let at = list.indexOf('*'); at !== -1; at = list.indexOf('*', end)) {
    const next = list.indexOf(' ', at)
    end = next === -1 ? list.length : next
    found.push({start: list.slice(list.lastIndexOf(' ', at) + 1, at), end: list.slice(at + 1, end)})
  }
  return found
}

/** Names that are kept: the same ones are asked for a few times for each unit. */
const few = 300

/** Whether a name is one of those in a list, which spaces separate. */
export function isAmong(name: string, list: string): boolean {
  return placeOf(name, list) !== -1
}

/** Where a name stands in a list, or in lists of which each has a line; -1 where it does not. */
function placeOf(name: string, lists: string, from = 0): number {
  if (name === '' || name.includes(' ') || name.includes('*')) return -1
  let at = lists.indexOf(name, from)
  while (at !== -1 && !(isBorder(lists[at - 1]) && isBorder(lists[at + name.length])))
    at = lists.indexOf(name, at + 1)
  return at
}

/** Whether names end at a character; there is none where the list ends. */
function isBorder(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === undefined
}
