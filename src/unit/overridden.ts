import type {Span} from '../syntax/tree.ts'
import {fileSections} from '../facts/data/directives.ts'
import type {LoadedUnit} from './load.ts'
import type {Assignment, SourceFile} from './unit.ts'
import {valueFacts} from '../facts/rows.ts'
import {splitWords} from '../values/words.ts'
import type {Verdict} from './verdict.ts'

/** What a later line of the same file makes void. */
export interface Overridden {
  readonly assignment: Assignment
  readonly by: Assignment
  /** A later value replaces it, an empty one empties the list that it is in, or an environment variable is set again. */
  readonly why: 'replaced' | 'reset' | 'variable'
  /** The variable, with the offsets of its word in the value, where only that is void. */
  readonly variable?: {readonly name: string; readonly word: Span; readonly isAlone: boolean}
  /** The unit is the same without it. */
  readonly isIdle: boolean
}

/**
 * Assignments without effect since a later one of the same file takes it away; a drop-in overrides on purpose.
 *
 * Lines that systemd does not take neither override nor are overridden, and of a file that it does not read to the end nothing is said.
 */
export function* overridden(unit: LoadedUnit, {complaints}: Verdict): Generator<Overridden> {
  if (complaints.some(({effect}) => effect === 'unit')) return
  let lost: Set<unknown> | undefined
  for (const section of fileSections[unit.type] ?? []) {
    for (const assignments of byFile(unit.all(section))) {
      if (!mayOverride(assignments)) continue
      lost ??= new Set(complaints.flatMap(({effect, directive}) => (effect === 'line' && directive ? [directive] : [])))
      yield* overriddenAmong(
        assignments.filter(({directive}) => !lost?.has(directive)),
        unit,
      )
    }
  }
}

function byFile(assignments: readonly Assignment[]): Iterable<readonly Assignment[]> {
  const groups = new Map<SourceFile, Assignment[]>()
  for (const assignment of assignments) {
    const group = groups.get(assignment.file)
    if (group) group.push(assignment)
    else groups.set(assignment.file, [assignment])
  }
  return groups.values()
}

function* overriddenAmong(assignments: readonly Assignment[], unit: LoadedUnit): Generator<Overridden> {
  /** What still counts, by what an empty value of one of them empties. */
  const counting = new Map<string, Assignment[]>()
  const variables = new Map<string, Omit<Overridden, 'by' | 'why'>>()
  for (const assignment of assignments) {
    const {section, key, value} = assignment
    const facts = valueFacts(section, key, unit.target.version)
    if (!facts) continue
    const list = listOf(key, facts.parser)
    if (value === '') {
      if (facts.resets !== true) continue
      for (const earlier of counting.get(list) ?? []) if (earlier.value !== '') yield {assignment: earlier, by: assignment, why: 'reset', isIdle: false}
      counting.delete(list)
      if (key === 'Environment') variables.clear()
      continue
    }
    if (key === 'Environment') yield* variablesSetAgain(assignment, variables)
    if (facts.repeat !== 'replace' || composed.has(facts.type)) {
      const group = counting.get(list)
      if (group) group.push(assignment)
      else counting.set(list, [assignment])
      continue
    }
    for (const covered of [key, ...(covers.get(`${section}.${key}`) ?? [])]) {
      for (const earlier of counting.get(covered) ?? []) {
        if (earlier.value !== '') yield {assignment: earlier, by: assignment, why: 'replaced', isIdle: !ordered.has(key)}
      }
      counting.delete(covered)
    }
    counting.set(key, [assignment])
  }
}

function* variablesSetAgain(assignment: Assignment, known: Map<string, Omit<Overridden, 'by' | 'why'>>): Generator<Overridden> {
  const {words} = splitWords(assignment.value, 'escapes')
  for (const {text, start, end} of words) {
    const [name] = /^[A-Za-z_][A-Za-z0-9_]*(?==)/.exec(text) ?? []
    if (name === undefined) continue
    const earlier = known.get(name)
    if (earlier) yield {...earlier, by: assignment, why: 'variable'}
    known.set(name, {assignment, variable: {name, word: {start, end}, isAlone: words.length === 1}, isIdle: true})
  }
}

/** Whether one may override another, or itself: a quick look, since in most files none does. */
function mayOverride(assignments: readonly Assignment[]): boolean {
  if (new Set(assignments.map(({key}) => key)).size < assignments.length) return true
  return assignments.some(({section, key, value}) => value === '' || key === 'Environment' || covers.has(`${section}.${key}`))
}

/** Directives that set others as well (systemd.service(5), "TimeoutSec="). */
const covers: ReadonlyMap<string, readonly string[]> = new Map([['Service.TimeoutSec', ['TimeoutStartSec', 'TimeoutStopSec']]])

/** Types with values of several words, which may add up. */
const composed: ReadonlySet<string> = new Set([
  'base64-or-path',
  'bpf-attach-type-list',
  'bpf-command-list',
  'bpf-map-type-list',
  'bpf-program-type-list',
  'cpu-set',
  'flag-list',
  'partition-options-list',
])

/** Directives whose earlier values can change what others mean. */
const ordered: ReadonlySet<string> = new Set(['CPUSchedulingPolicy', 'CPUSchedulingPriority'])

/** The list that a directive adds to: conditions, listeners, triggers and watched paths are one each (systemd.unit(5), systemd.socket(5), systemd.timer(5), systemd.path(5)). */
function listOf(key: string, parser: string): string {
  if (/^(?:Condition|Assert)/.test(key)) return /^[CA][a-z]+/.exec(key)?.[0] ?? key
  if (parser === 'config_parse_socket_listen') return 'Listen'
  if (parser === 'config_parse_timer') return 'On'
  if (parser === 'config_parse_path_spec') return 'Path'
  return key
}
