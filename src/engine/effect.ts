import {reading} from '../unit/read/reading.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {SettingKey, Settings} from '../unit/settings.ts'
import type {Assignment, SourceFile} from '../unit/unit.ts'
import {valueFacts} from '../facts/rows.ts'
import type {ValueFacts} from '../facts/rows.ts'
import {parseCommandLine} from '../values/commands.ts'

/** A value that counts. */
export interface ValueInForce {
  readonly value: string
  /** The file that it stands in, by its place among the files of the unit. */
  readonly at: number
}

/** What is in force of a directive. */
export interface InForce {
  readonly section: string
  readonly key: string
  readonly facts: ValueFacts
  /** All that add up; at most one where the last one wins. */
  readonly values: readonly ValueInForce[]
}

/** What a unit does, as far as its lines say it. */
export interface Effect {
  /** By an id of section and key. */
  readonly directives: ReadonlyMap<string, InForce>
  readonly settings: Settings
}

/** Work out what systemd makes of the lines of a unit: those that it takes, without those that later ones replace or take back. */
export function effect(unit: LoadedUnit): Effect {
  const isTaken = takenIn(unit)
  const files = new Map(unit.files.map((file, index) => [file, index]))
  const directives = new Map<string, InForce>()
  for (const assignment of sectionsOf(unit).flatMap((section) => unit.all(section))) {
    const facts = isTaken(assignment) ? valueFacts(assignment.section, assignment.key, unit.target.version) : undefined
    if (!facts) continue
    const [section, key] = canonical(assignment, facts)
    const id = `${section}.${key}`
    const values = directives.get(id)?.values ?? []
    const added = {value: assignment.value, at: files.get(assignment.file) ?? 0}
    directives.set(id, {section, key, facts, values: [...kept(values, added.value, facts), ...(isTakenBack(added.value, facts) ? [] : [added])]})
  }
  return {directives, settings: settings(unit)}
}

/** A directive that does not do the same in two units. */
export interface Change extends Omit<InForce, 'values'> {
  readonly id: string
  readonly before: readonly ValueInForce[]
  readonly after: readonly ValueInForce[]
}

/** What a unit does otherwise than it did before. */
export function changes(before: Effect, after: Effect): Change[] {
  const directives = new Map([...after.directives, ...before.directives])
  return [...directives].flatMap(([id, {section, key, facts}]) => {
    const [was, is] = [before, after].map(({directives: its}) => its.get(id)?.values ?? [])
    return !was || !is || isSame(key, [before, was], [after, is]) ? [] : [{id, section, key, facts, before: was, after: is}]
  })
}

type Its = readonly [effect: Effect, values: readonly ValueInForce[]]

function isSame(key: string, [before, was]: Its, [after, is]: Its): boolean {
  const sum = sums.find((known) => known === key)
  if (sum) return isSameSetting(sum, before.settings, after.settings)
  return was.length === is.length && was.every(({value}, index) => value === is[index]?.value)
}

/** Whether all that is known of the sandboxing of two units is the same. */
export function areSameSettings(one: Settings, other: Settings): boolean {
  return settingKeys.every((key) => isSameSetting(key, one, other))
}

/** The directives whose lines add up to one set: however it is written, the set counts. */
const sums: readonly SettingKey[] = ['AmbientCapabilities', 'CapabilityBoundingSet', 'RestrictAddressFamilies', 'RestrictNamespaces', 'SystemCallFilter']

function isSameSetting(key: SettingKey, one: Settings, other: Settings): boolean {
  return textOf(one[key].value) === textOf(other[key].value)
}

/** A value of a setting in words: sets and maps in one order. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Set || part instanceof Map ? [...part].map((item: unknown) => JSON.stringify(item)).toSorted() : part
  })
}

/** A directive by the name and in the section that it has today. */
function canonical({section, key}: Assignment, {aliasOf}: ValueFacts): readonly [section: string, key: string] {
  if (aliasOf === undefined) return [section, key]
  const [first = '', second] = aliasOf.split('.')
  return second === undefined ? [section, first] : [first, second]
}

/** Of the values so far, those that one more leaves in force. */
function kept(values: readonly ValueInForce[], value: string, facts: ValueFacts): readonly ValueInForce[] {
  if (facts.repeat === 'replace') return []
  return value === '' && facts.resets && !isCapabilitySet(facts) ? [] : values
}

/** Whether a value only takes back what was there. */
function isTakenBack(value: string, facts: ValueFacts): boolean {
  return value === '' && (facts.repeat === 'replace' ? facts.resets === true : !isCapabilitySet(facts))
}

/** An empty set of capabilities is a set like any other. */
function isCapabilitySet({key}: ValueFacts): boolean {
  return key === 'CapabilityBoundingSet'
}

/** Which assignments systemd takes: none that it drops with a complaint, and none behind the end of its reading. */
function takenIn(unit: LoadedUnit): (assignment: Assignment) => boolean {
  const lost = new Set<Assignment['directive']>()
  const ends = new Map<SourceFile, number>()
  for (const {effect: what, directive, file, span} of reading(unit).complaints) {
    if (what === 'unit') ends.set(file, span.start)
    if (directive && (what === 'line' || what === 'unit')) lost.add(directive)
  }
  const isEnded = unit.files.some((file) => file.role === 'fragment' && ends.has(file))
  return (assignment) => {
    const {file, directive, key, value} = assignment
    if (isEnded && file.role === 'drop-in') return false
    if ((directive.position.start.offset ?? 0) >= (ends.get(file) ?? Infinity)) return false
    // Of a line of commands the good ones before a bad one count.
    return !lost.has(directive) || (key.startsWith('Exec') && parseCommandLine(value, unit).commands.length > 0)
  }
}

/** The sections of a unit's files, each once, in order. */
function sectionsOf({files}: LoadedUnit): string[] {
  return [...new Set(files.flatMap(({tree}) => tree.children.flatMap((child) => (child.type === 'section' ? [child.name] : []))))]
}
