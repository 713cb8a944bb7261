import {rowOf} from '../facts/sandboxing/rows.ts'
import type {Rule} from '../rule/rule.ts'

/** Whether a rule asks for a directive of the sandboxing, after which it is called then. */
export function asksToHarden({
  id,
  directives: [first = ''],
}: Pick<Rule, 'id' | 'directives'>): boolean {
  const name = id.slice(id.lastIndexOf('/') + 1).replaceAll('-', '')
  return name === first.toLowerCase() && rowOf(first) !== undefined
}
