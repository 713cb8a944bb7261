import type {Parsed} from '../../values/parsed.ts'
import type {Assignment, Effective, Origin} from '../unit.ts'

/** An effective value. */
export type Setting<Value> = Effective<Value>

const defaultOrigin: Origin = {kind: 'default'}

/** The setting of a key that nobody has assigned. */
export function byDefault<Value>(value: Value): Setting<Value> {
  return {value, origin: defaultOrigin}
}

/** A value of which the last assignment that can be used decides. */
export function lastOf<Value>(
  assignments: readonly Assignment[],
  unset: Setting<Value>,
  parse: (value: string) => Parsed<Value>,
): Setting<Value> {
  for (let at = assignments.length - 1; at >= 0; at--) {
    const assignment = assignments[at]
    const parsed = assignment && parse(assignment.value)
    if (parsed) return {value: parsed.value, origin: {kind: 'written', assignments: [assignment]}}
  }
  return unset
}

/** A value that each assignment in turn changes. */
export function sumOf<Value>(
  assignments: readonly Assignment[],
  unset: Setting<Value>,
  apply: (current: Value, value: string) => Parsed<Value>,
): Setting<Value> {
  if (assignments.length === 0) return unset
  const counted: Assignment[] = []
  let {value} = unset
  for (const assignment of assignments) {
    const parsed = apply(value, assignment.value)
    if (!parsed) continue
    value = parsed.value
    counted.push(assignment)
  }
  return {value, origin: writtenBy(counted) ?? unset.origin}
}

/** A value that each assignment in turn changes; an empty one takes it back to where it started. */
export function sumSinceReset<Value>(
  assignments: readonly Assignment[],
  unset: Setting<Value>,
  apply: (current: Value, value: string) => Parsed<Value>,
): Setting<Value> {
  const {reset, added} = sinceReset(assignments)
  const sum = sumOf(added, unset, apply)
  return reset && sum.origin === unset.origin
    ? {...sum, origin: {kind: 'written', assignments: [reset]}}
    : sum
}

/** A list that each assignment adds items to; an empty one empties it. */
export function listOf<Item>(
  assignments: readonly Assignment[],
  unset: Setting<readonly Item[]>,
  parse: (value: string) => readonly Item[] | undefined,
): Setting<readonly Item[]> {
  if (assignments.length === 0) return unset
  const {reset, added} = sinceReset(assignments)
  const counted: Assignment[] = []
  const items: Item[] = []
  for (const assignment of added) {
    const parsed = parse(assignment.value)
    if (!parsed) continue
    for (const item of parsed) items.push(item)
    counted.push(assignment)
  }
  return {
    value: items,
    origin: writtenBy(counted) ?? (reset ? {kind: 'written', assignments: [reset]} : unset.origin),
  }
}

/** The same setting with a value that another directive puts in its place. */
export function withImplied<Value>(
  by: string,
  {origin}: Effective<unknown>,
  value: Value,
): Setting<Value> {
  return {value, origin: {kind: 'implied', by, origin}}
}

function sinceReset(assignments: readonly Assignment[]): {
  reset: Assignment | undefined
  added: readonly Assignment[]
} {
  const index = assignments.findLastIndex((assignment) => assignment.value === '')
  return {reset: assignments[index], added: assignments.slice(index + 1)}
}

function writtenBy([first, ...rest]: readonly Assignment[]): Origin | undefined {
  return first && {kind: 'written', assignments: [first, ...rest]}
}
