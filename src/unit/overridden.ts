import type {Span} from '../syntax/tree.ts'
import {splitWords} from '../values/words.ts'
import type {LoadedUnit} from './load.ts'
import {reading, type Line} from './read/reading.ts'
import type {Assignment} from './unit.ts'

/** What a later line of the same file makes void. */
export interface Overridden {
  readonly assignment: Assignment
  readonly by: Assignment
  /**
   * A later value replaces it, an empty one empties the list that it is in, or an environment
   * variable is set again.
   */
  readonly why: 'replaced' | 'reset' | 'variable'
  /** The variable, with the offsets of its word in the value, where only that is void. */
  readonly variable?: {readonly name: string; readonly word: Span; readonly isAlone: boolean}
  /** The unit is the same without it. */
  readonly isIdle: boolean
}

/**
 * Assignments without effect since a later one of the same file takes it away; a drop-in overrides
 * on purpose.
 *
 * Of a file that systemd does not read to the end nothing is said.
 */
export function* overridden(unit: LoadedUnit): Generator<Overridden> {
  const {lines, complaints} = reading(unit)
  if (complaints.some(({effect}) => effect === 'unit')) return
  for (const line of lines) {
    const {assignment, state, by} = line
    const {file, key, value} = assignment
    if (line.lost.length > 0)
      for (const variable of variablesSetAgain(line)) if (variable.by.file === file) yield variable
    if (by?.file !== file || value === '' || (key === 'Environment' && state === 'overridden'))
      continue
    if (state === 'taken-back') yield {assignment, by, why: 'reset', isIdle: false}
    else if (state === 'overridden')
      yield {assignment, by, why: 'replaced', isIdle: !ordered.has(key)}
  }
}

/** The variables of a line that others set again. */
function variablesSetAgain({assignment, lost}: Line): Overridden[] {
  const {words} = splitWords(assignment.value, 'escapes')
  const byStart = new Map(words.map(({text, start}) => [start, text]))
  return lost.flatMap(({from, to, by}): Overridden[] => {
    if (!by || by.value === '') return []
    const [name = ''] = (byStart.get(from) ?? '').split('=', 1)
    return [
      {
        assignment,
        by,
        why: 'variable',
        variable: {name, word: {start: from, end: to}, isAlone: words.length === 1},
        isIdle: true,
      },
    ]
  })
}

/** Directives whose earlier values can change what others mean. */
const ordered: ReadonlySet<string> = new Set(['CPUSchedulingPolicy', 'CPUSchedulingPriority'])
