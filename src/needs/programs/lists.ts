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
 * Of all names in a table few are ever asked for: to go through the lists is faster than to make a
 * map of them.
 */
export function rowsByName<Its extends ProgramsRow>(rows: readonly Its[]): Table<Its> {
  const patterns = rows.flatMap((row) =>
    patternsIn(row.programs).map((pattern) => ({...pattern, row})),
  )
  return {
    named: recent(few, (name) => rows.filter(({programs}) => isAmong(name, programs))),
    alike: (names) =>
      patterns.flatMap(({start, end, row}) =>
        names.some(
          (name) =>
            name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end),
        )
          ? [row]
          : [],
      ),
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
const few = 100

/** Whether a name is one of those in a list, which spaces separate. */
export function isAmong(name: string, list: string): boolean {
  if (name === '' || name.includes(' ') || name.includes('*')) return false
  for (let at = list.indexOf(name); at !== -1; at = list.indexOf(name, at + 1)) {
    const end = at + name.length
    if ((at === 0 || list[at - 1] === ' ') && (end === list.length || list[end] === ' '))
      return true
  }
  return false
}
