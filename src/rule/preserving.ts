import type {Value} from '../unit/value.ts'
import {add, set} from './change.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'

/** What keeps the directory of a line of `RuntimeDirectory=` when the service stops. */
export function preserving(unit: Unit, {section, assignment}: Value): Fix {
  const key = 'RuntimeDirectoryPreserve'
  const change = unit.value(key) ? set(section, key, 'yes') : add(section, key, 'yes', assignment)
  return fixBy('unsafe', change, `Set \`${key}=yes\``)
}
