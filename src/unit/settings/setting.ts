import type {Assignment, Effective, Origin} from '../unit.ts'
import type {Parsed} from '../../values/parsed.ts'

/** An effective value, and what was written for it in vain. */
export interface Setting<Value> extends Effective<Value> {
  /** Assignments whose value systemd cannot use and passes over. */
  readonly ignored: readonly Assignment[]
}

const defaultOrigin: Origin = {kind: 'default'}
const none: readonly Assignment[] = []

/** The setting of a key that nobody has assigned. */
export function byDefault<Value>(value: Value): Setting<Value> {
  return {value, origin: defaultOrigin, ignored: none}
}

/** A value of which the last assignment that can be used decides. */
export function lastOf<Value>(assignments: readonly Assignment[], unset: Setting<Value>, parse: (value: string) => Parsed<Value>): Setting<Value> {
  if (assignments.length === 0) return unset
  const ignored: Assignment[] = []
  let {value, origin} = unset
  for (const assignment of assignments) {
    const parsed = parse(assignment.value)
    if (parsed) ({value, origin} = {value: parsed.value, origin: {kind: 'written', assignments: [assignment]}})
    else ignored.push(assignment)
  }
  return {value, origin, ignored}
}

/** A value that each assignment in turn changes. */
export function sumOf<Value>(
  assignments: readonly Assignment[],
  unset: Setting<Value>,
  apply: (current: Value, value: string) => Parsed<Value>,
): Setting<Value> {
  if (assignments.length === 0) return unset
  const [counted, ignored]: [Assignment[], Assignment[]] = [[], []]
  let {value} = unset
  for (const assignment of assignments) {
    const parsed = apply(value, assignment.value)
    if (parsed) ({value} = parsed)
    ;(parsed ? counted : ignored).push(assignment)
  }
  return {value, origin: writtenBy(counted) ?? unset.origin, ignored}
}

/** A value that each assignment in turn changes; an empty one takes it back to where it started. */
export function sumSinceReset<Value>(
  assignments: readonly Assignment[],
  unset: Setting<Value>,
  apply: (current: Value, value: string) => Parsed<Value>,
): Setting<Value> {
  const {reset, added} = sinceReset(assignments)
  const sum = sumOf(added, unset, apply)
  return reset && sum.origin === unset.origin ? {...sum, origin: {kind: 'written', assignments: [reset]}} : sum
}

/** A list that each assignment adds items to; an empty one empties it. */
export function listOf<Item>(
  assignments: readonly Assignment[],
  unset: Setting<readonly Item[]>,
  parse: (value: string) => readonly Item[] | undefined,
): Setting<readonly Item[]> {
  if (assignments.length === 0) return unset
  const {reset, added} = sinceReset(assignments)
  const [counted, ignored]: [Assignment[], Assignment[]] = [[], []]
  const items: Item[][] = []
  for (const assignment of added) {
    const parsed = parse(assignment.value)
    if (parsed) items.push([...parsed])
    ;(parsed ? counted : ignored).push(assignment)
  }
  return {value: items.flat(), origin: writtenBy(counted) ?? (reset ? {kind: 'written', assignments: [reset]} : unset.origin), ignored}
}

/** The same setting with a value that another directive puts in its place. */
export function impliedBy<Value>(by: string, {origin}: Effective<unknown>, value: Value, {ignored}: Setting<unknown>): Setting<Value> {
  return {value, origin: {kind: 'implied', by, origin}, ignored}
}

function sinceReset(assignments: readonly Assignment[]): {reset: Assignment | undefined; added: readonly Assignment[]} {
  const index = assignments.findLastIndex((assignment) => assignment.value === '')
  return {reset: assignments[index], added: index === -1 ? assignments : assignments.slice(index + 1)}
}

function writtenBy([first, ...rest]: readonly Assignment[]): Origin | undefined {
  return first && {kind: 'written', assignments: [first, ...rest]}
}
