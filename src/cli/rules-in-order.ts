import type {Rule} from '../rule/rule.ts'

/**
 * Rules as reports list them, whichever files they ran on first: ours before those of plugins, by
 * id.
 */
export function inOrder(rules: Iterable<Rule>): readonly Rule[] {
  return [...rules].toSorted(
    ({id: one}, {id: other}) =>
      Number(one.includes('/')) - Number(other.includes('/')) || (one < other ? -1 : 1),
  )
}
