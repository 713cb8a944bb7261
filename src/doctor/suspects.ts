import type {AccessId} from '../facts/accesses.ts'
import {capabilities} from '../facts/accesses.ts'
import {besides} from '../facts/hardening.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import type {Unit} from '../rule/unit.ts'
import type {Value} from '../unit/value.ts'
import {signsOf} from './signs.ts'

/**
 * Lines in force that deny something: one, or those of a list that allows, which deny what none of
 * them names.
 */
export interface Suspect {
  readonly key: string
  /** All that is in force of it by these lines. */
  readonly value: string
  readonly lines: readonly [Value, ...Value[]]
  readonly denied: ReadonlySet<AccessId>
}

/** All lines of a service that could make it fail. */
export function suspectsIn(unit: Unit): readonly Suspect[] {
  const keys = new Set(unit.lines.filter(({section}) => section === 'Service').map(({key}) => key))
  return [...keys].filter((key) => signsOf(key)).flatMap((key) => suspectsOf(key, unit))
}

function suspectsOf(key: string, unit: Unit): readonly Suspect[] {
  const values = unit.values(key)
  const last = values.at(-1)
  if (!last) return []
  const suspect = (value: string, lines: Suspect['lines']): Suspect[] => {
    const denied = deniedBy(key, value, unit)
    return denied ? [{key, value, lines, denied}] : []
  }
  if (!isList(key)) return suspect(last.value, [last])
  const [first, ...others] = values.filter((value) => !value.value.startsWith('~') && allows(key))
  const allowing = first
    ? suspect([first, ...others].map(({value}) => value).join(' '), [first, ...others])
    : []
  const denying = values
    .filter((value) => value.value.startsWith('~') || !allows(key))
    .flatMap((value) => suspect(value.value, [value]))
  return [...allowing, ...denying]
}

function isList(key: string): boolean {
  const holds = rowOf(key)?.holds
  return holds !== 'word' && holds !== 'mask' && !key.startsWith('Limit')
}

/** Whether what is listed is what is left, unless a `~` stands before it. */
function allows(key: string): boolean {
  const denies = rowOf(key)
  return (
    denies?.holds !== 'word' &&
    typeof denies?.denies === 'string' &&
    denies.denies !== 'unknown' &&
    denies.denies !== 'mask'
  )
}

/**
 * What is in force of it: services that tell systemd so themselves may do that (systemd.service(5),
 * "NotifyAccess=").
 */
function notifyAccess(value: string, unit: Unit): string {
  return value === 'none' && /^notify(?:-reload)?$/.test(unit.value('Type')?.value ?? '')
    ? 'main'
    : value
}

/** What a value denies, with what the directive sets besides; undefined where it denies nothing. */
function deniedBy(key: string, value: string, unit: Unit): ReadonlySet<AccessId> | undefined {
  const own = unit.denies(key, key === 'NotifyAccess' ? notifyAccess(value, unit) : value)
  if (own.length === 0) return undefined
  const {implies, drops} = besides(key)
  const implied = implies
    .filter(({since}) => since <= unit.target.version)
    .flatMap((its) => unit.denies(its.key, its.value))
  const all = new Set<AccessId>([...own, ...drops, ...implied])
  // Who is not root has none of root's.
  if (key === 'DynamicUser') for (const capability of capabilities) all.add(capability)
  all.delete('unknown-effect')
  return all
}
