import {directiveNames, directive, everywhere} from '../../src/facts/directives.ts'
import {fileSections} from '../../src/facts/data/directives.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {mutated} from './cases-mutations.ts'
import {random, type Random} from './cases-random.ts'
import {oddValues, valueOf, valueTypes} from './cases-values.ts'

/** One assignment to judge, alone in a unit. */
export interface Case {
  readonly unitName: string
  readonly unitType: UnitType
  readonly section: string
  readonly key: string
  readonly value: string
  /** The type of value that the key takes; `unknown` for a key that is none. */
  readonly type: string
}

/**
 * Assignments for one version: for every directive of every section values of its own type, of
 * other types, odd ones and mutations of all these, in equal shares a directive; beside them
 * misspelt keys and keys in other sections.
 *
 * The same seed gives the same cases; `isWanted` narrows them down to some directives.
 */
export function* cases(
  version: number,
  count: number,
  seed: number,
  isWanted: (place: Place) => boolean = () => true,
): Generator<Case> {
  const next = random(seed * 1000 + version)
  const places = placesOf(version).filter(isWanted)
  const names = directiveNames()
  for (let index = 0; index < count; index++) {
    const place = places[index % places.length]
    if (!place) return
    const unitName = nameOf(place.unitType, Math.floor(index / sameNames))
    if (next.chance(0.03)) yield {...misplaced(place, names, next), unitName}
    else yield {...place, value: anyValue(place, version, next), unitName}
  }
}

/** A directive where a version reads it. */
export type Place = Omit<Case, 'value' | 'unitName'>

/**
 * Every key of every section that a version reads from files; sections that all unit types share
 * are taken in each of them in turn.
 */
function placesOf(version: number): Place[] {
  const places: Place[] = []
  for (const key of directiveNames()) {
    for (const section of new Set(everywhere(key).flatMap((facts) => facts.sections))) {
      const facts = directive(section, key, version)
      const types = readTypes.filter((type) => fileSections[type]?.includes(section))
      const unitType = types[places.length % types.length]
      if (unitType) places.push({unitType, section, key, type: facts?.type ?? 'unknown'})
    }
  }
  return places
}

/** The types of units that systemd reads from files: no scopes. */
const readTypes: readonly UnitType[] = [
  'service',
  'socket',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
  'target',
  'device',
]

function anyValue(place: Place, version: number, next: Random): string {
  const own = (): string => valueOf(place, version, next)
  const value = next.weighted<() => string>([
    [45, own],
    [30, () => mutated(own(), next, own)],
    [10, () => next.pick(oddValues)],
    [7, () => mutated(next.pick(oddValues), next, own)],
    [6, () => valueOf({...place, type: next.pick(valueTypes)}, version, next)],
    [2, () => ''],
  ])()
  // One line a case: what ends a line would begin another.
  return value.replaceAll(/[\n\r\0]/g, '').replaceAll(/[\uD800-\uDFFF]/gu, '')
}

/**
 * So many cases in a row are about units of the same names: each name is a question of its own to
 * systemd.
 */
const sameNames = 400

/** A name for a unit: mostly one without parts that specifiers could stand for. */
function nameOf(type: UnitType, block: number): string {
  const stem = (block % 2 === 1 ? stems[((block - 1) / 2) % stems.length] : undefined) ?? 'x'
  if (type === 'slice') return `${stem.replaceAll(/@.*|\\x2d/g, '')}.slice`
  return `${templates.has(type) ? stem : stem.replace(/@.*/, '')}.${type}`
}

const stems = ['x@', 'foo-bar@a-b\\x20c', 'foo-bar', 'x@inst', 'a\\x2db-c']

const templates: ReadonlySet<UnitType> = new Set(['service', 'socket', 'target', 'timer', 'path'])

function misplaced(place: Place, names: readonly string[], next: Random): Omit<Case, 'unitName'> {
  const sections = (fileSections[place.unitType] ?? []).filter((section) => section !== 'Install')
  const value = next.pick([
    'yes',
    'no',
    '1',
    '',
    'foo',
    '/a',
    'foo.service',
    '5s',
    '10%',
    'infinity',
  ])
  return next.weighted<() => Omit<Case, 'unitName'>>([
    [
      1,
      () => ({
        ...place,
        key: next.pick(names),
        section: next.pick(sections),
        value,
        type: 'misplaced',
      }),
    ],
    [
      1,
      () => ({
        ...place,
        key: mutated(place.key, next, () => 'X-').replaceAll(/[=\n\r\0]|^[#;[]/g, 'x') || 'X',
        value,
        type: 'misspelt',
      }),
    ],
  ])()
}
