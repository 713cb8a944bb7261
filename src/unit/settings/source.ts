import type {Assignment, AssignmentSource} from '../unit.ts'
import {contextOf} from '../../values/context.ts'
import {meaningOf, type Reader} from '../../values/fault.ts'
import type {Parsed} from '../../values/parsed.ts'
import {executionSection, resourceSection} from '../../facts/sections.ts'
import type {SettingKey, SettingValues} from './values.ts'
import {byDefault, lastOf, type Setting} from './setting.ts'

/** A unit whose settings can be asked for while they are worked out. */
export interface SettingSource extends AssignmentSource {
  read<Key extends SettingKey>(key: Key): Setting<SettingValues[Key]>
}

/** Works out one setting. */
export type SettingReader<Value> = (unit: SettingSource) => Setting<Value>

/** What a written value means to a unit. */
export type Parser<Value> = (value: string, unit: SettingSource) => Parsed<Value>

/** All assignments of a key about the unit's processes. */
export function execution(unit: AssignmentSource, key: string): readonly Assignment[] {
  const section = executionSection(unit.type)
  return section === undefined ? [] : unit.assignments(section, key)
}

/** All assignments of a key about the unit's control group. */
export function resources(unit: AssignmentSource, key: string): readonly Assignment[] {
  const section = resourceSection(unit.type)
  return section === undefined ? [] : unit.assignments(section, key)
}

/** What a value of a key about processes or about the control group means. */
export function meaningIn<Meaning>(
  unit: AssignmentSource,
  key: string,
  read: Reader<Meaning>,
  value: string,
): Meaning | undefined {
  const section = resourceSection(unit.type)
  const context = section === undefined ? undefined : contextOf(unit, section, key)
  return context && meaningOf(read, value, context)
}

/** A reader of a key of which the last usable assignment decides. */
export function scalar<Value>(
  key: string,
  fallback: Value,
  parse: Parser<Value>,
  written: (unit: AssignmentSource, key: string) => readonly Assignment[] = execution,
): SettingReader<Value> {
  const unset = byDefault(fallback)
  return (unit) => {
    const assignments = written(unit, key)
    return assignments.length === 0
      ? unset
      : lastOf(assignments, unset, (value) => parse(value, unit))
  }
}
