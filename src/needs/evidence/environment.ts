import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {splitWords} from '../../values/words.ts'
import {valuesOf} from '../../unit/value.ts'

/** A variable that a unit sets. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly assignment: Assignment
}

/** What `Environment=` sets, by name (systemd.exec(5)); what is in files that it names is not known. */
export function environment(unit: LoadedUnit): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>()
  for (const assignment of valuesOf(unit, 'Environment')) {
    for (const {text} of splitWords(assignment.value.slice(0, 32_768), 'escapes').words) {
      const equals = text.indexOf('=')
      if (equals <= 0) continue
      const name = text.slice(0, equals)
      const value = text.slice(equals + 1)
      variables.set(name, {name, value: value.includes('%') ? (expandSpecifiers(value, unit) ?? value) : value, assignment})
    }
  }
  return variables
}
