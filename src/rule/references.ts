import {systemServices, userServices} from '../facts/system-services.ts'
import type {Dependency, DependencyKind} from '../machine/dependency.ts'
import {isMadeByItself, isProvided} from '../machine/provided-units.ts'
import {dependencies, isWritten} from '../machine/dependencies.ts'
import {oneName, readsNames} from '../unit/references.ts'
import type {NamedUnit} from '../unit/references.ts'
import {query} from '../unit/query.ts'
import type {Assignment} from '../unit/unit.ts'
import {splitWords} from '../values/words.ts'
import {remove, rewrite} from './change.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'
import {partOf, placeOf} from './place.ts'
import type {Place} from './place.ts'
import type {Unit} from './unit.ts'

/** A name of a unit in a line of `[Unit]`. */
export interface Reference<Kind extends DependencyKind = DependencyKind> {
  readonly kind: Kind
  readonly name: string
  readonly origin: Assignment
  /** Of the name alone. */
  readonly at: Place
}

/** The units that lines of `[Unit]` name, each once for a kind: for all of them, or for these. */
export function references<Kind extends DependencyKind>(
  unit: Unit,
  kinds?: readonly Kind[],
): readonly Reference<Kind>[] {
  const isAsked = (kind: DependencyKind): kind is Kind => kinds?.some((one) => one === kind) ?? true
  return dependencies(unit).flatMap(({kind, name, origin}: Dependency) =>
    isAsked(kind) && isWritten(origin) && origin.section === 'Unit' && !origin.key.endsWith('For')
      ? [{kind, name, origin, at: placeOfName(origin, name, unit)}]
      : [],
  )
}

/** A name of a unit in a line of `[Install]` by which that pulls the unit in. */
export interface Installation extends NamedUnit {
  readonly key: string
  readonly origin: Assignment
  /** Of the name alone. */
  readonly at: Place
}

/** The units that pull a unit in once it is enabled. */
export const installations = query((unit: Unit): readonly Installation[] =>
  ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap((key) =>
    unit.values(key).flatMap(({assignment: origin}) =>
      readsNames(origin, unit).map(({name, start, end}) => ({
        name,
        start,
        end,
        key,
        origin,
        at: placeOfName(origin, name, unit),
      })),
    ),
  ),
)

/** Where a line names a unit; the whole line where its name follows from more than a word. */
export function placeOfName(origin: Assignment, name: string, unit: Unit): Place {
  const word = wordsOf(origin, unit).get(name)
  return word ? partOf(origin, word) : placeOf(origin)
}

/**
 * The first word of a line for each unit that it names; a line that names many is asked for each.
 */
const wordsOf = query((origin: Assignment, unit: Unit): ReadonlyMap<string, NamedUnit> => {
  const words = readsNames(origin, unit).toReversed()
  return new Map(words.map((word) => [word.name, word]))
})

/**
 * The fix by which a line names a unit no longer; undefined where the line has names that only a
 * specifier tells apart, or goes over several lines.
 */
export function without(origin: Assignment, name: string, unit: Unit): Fix | undefined {
  const words = splitWords(origin.value, 'quotes').words.map(({text}) => text)
  const others = words.filter((word) => oneName(word, unit) !== name)
  if (others.length === words.length || origin.directive.pieces) return undefined
  const [first, ...more] = others
  const change = first === undefined ? remove(origin) : rewrite(origin, [first, ...more].join(' '))
  return fixBy('unsafe', change, `Remove \`${name}\` from \`${origin.key}=\``)
}

/**
 * Whether a unit of that name is the system's and nothing for a user's manager, as far as one sees.
 */
export function isOfSystemAlone(name: string, unit: Unit): boolean {
  const {target, manager} = unit
  if (
    isMadeByItself(name) ||
    isProvided(name, {target, manager: 'user'}) ||
    unit.machine.isKnown(name)
  )
    return false
  return (
    manager === 'user' &&
    (systemServices.has(name) || isProvided(name, {target, manager: 'system'}))
  )
}

/**
 * Whether a unit of that name is for users and nothing for the system's manager, as far as one
 * sees.
 */
export function isOfUsersAlone(name: string, unit: Unit): boolean {
  const {target, manager} = unit
  if (
    manager === 'user' ||
    isMadeByItself(name) ||
    isProvided(name, {target, manager: 'system'}) ||
    unit.machine.isKnown(name)
  )
    return false
  return userServices.has(name) || isProvided(name, {target, manager: 'user'})
}
