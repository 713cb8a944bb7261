import {valueFacts} from '../facts/value-facts.ts'
import type {UnitType} from '../facts/unit-types.ts'
import type {ValueContext} from './fault.ts'
import type {Named} from './specifiers.ts'

/** A unit that a value stands in. */
export interface Typed extends Named {
  readonly type: UnitType
}

/**
 * What a value of a directive stands in, all by itself; undefined where the unit's systemd does not
 * know the directive.
 */
export function contextOf(unit: Typed, section: string, key: string): ValueContext | undefined {
  const {version} = unit.target
  const facts = valueFacts(section, key, version)
  return facts && contextWith(facts, unit, section)
}

/** The same where the facts are at hand. */
export function contextWith(
  facts: ValueContext['facts'],
  {name, type, manager, target: {version}}: Typed,
  section: string,
): ValueContext {
  return {facts, version, manager, unitType: type, unitName: name, section, memory: new Set()}
}
