import type {ValueFacts} from '../facts/directives.ts'
import {effectiveUnit} from '../unit/effective.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {SettingKey, Settings} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {dialectOf} from '../values/dialect.ts'

/** A value that counts. */
export interface Counting {
  readonly value: string
  /** The file that it stands in, by its place among the files of the unit. */
  readonly at: number
}

/** What counts of a directive, by the name and in the section that it has today. */
export interface DirectiveMeaning {
  readonly section: string
  readonly key: string
  readonly facts: ValueFacts
  readonly values: readonly Counting[]
}

/** What a unit means, as far as its lines say it. */
export interface Meaning {
  readonly directives: ReadonlyMap<string, DirectiveMeaning>
  readonly settings: Settings
}

/** What systemd makes of the lines of a unit. */
export function meaning(unit: LoadedUnit): Meaning {
  const places = new Map(unit.files.map(({path}, index) => [path, index]))
  const directives = new Map<string, DirectiveMeaning & {readonly values: Counting[]}>()
  for (const {value, origin} of effectiveUnit(unit).values) {
    const facts = origin.kind === 'written' ? factsOf(origin.assignment, unit) : undefined
    if (origin.kind !== 'written' || !facts) continue
    const [section, key] = canonical(origin.assignment, facts)
    const id = `${section}.${key}`
    const known = directives.get(id)
    const counting = {value, at: places.get(origin.assignment.file.path) ?? 0}
    if (known) known.values.push(counting)
    else directives.set(id, {section, key, facts, values: [counting]})
  }
  return {directives, settings: settings(unit)}
}

/** A directive that does not mean the same in two units. */
export interface MeaningDifference extends Omit<DirectiveMeaning, 'values'> {
  readonly id: string
  readonly before: readonly Counting[]
  readonly after: readonly Counting[]
}

/** What one unit means otherwise than another. */
export function differences(before: Meaning, after: Meaning): MeaningDifference[] {
  const all = new Map([...after.directives, ...before.directives])
  return [...all].flatMap(([id, {section, key, facts}]) => {
    const was = before.directives.get(id)?.values ?? []
    const is = after.directives.get(id)?.values ?? []
    const sum = sums.find((known) => known === key)
    const isSame = sum
      ? isSameSetting(sum, before.settings, after.settings)
      : was.length === is.length && was.every(({value}, index) => value === is[index]?.value)
    return isSame ? [] : [{id, section, key, facts, before: was, after: is}]
  })
}

/** Whether all that is known of the sandboxing of two units is the same. */
export function areSameSettings(one: Settings, other: Settings): boolean {
  return settingKeys.every((key) => isSameSetting(key, one, other))
}

/** The directives whose lines add up to one set: however it is written, the set counts. */
const sums: readonly SettingKey[] = [
  'AmbientCapabilities',
  'CapabilityBoundingSet',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'SystemCallFilter',
]

function isSameSetting(key: SettingKey, one: Settings, other: Settings): boolean {
  return textOf(one[key].value) === textOf(other[key].value)
}

/** A value of a setting in words: sets and maps in one order. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    if (!(part instanceof Set || part instanceof Map)) return part
    return [...part].map((item: unknown) => JSON.stringify(item)).toSorted()
  })
}

function factsOf({section, key}: Assignment, {target}: LoadedUnit): ValueFacts | undefined {
  return dialectOf(target).row(section, key, target.version)
}

function canonical(
  {section, key}: Assignment,
  {aliasOf}: ValueFacts,
): readonly [section: string, key: string] {
  if (aliasOf === undefined) return [section, key]
  const [first = '', second] = aliasOf.split('.')
  return second === undefined ? [section, first] : [first, second]
}
