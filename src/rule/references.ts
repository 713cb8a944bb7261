import type {Dependency, DependencyKind} from '../machine/dependency.ts'
import {dependencies, isWritten} from '../machine/dependencies.ts'
import {readsNames} from '../unit/references.ts'
import type {NamedUnit} from '../unit/references.ts'
import {query} from '../unit/query.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueSpan} from '../syntax/place.ts'
import type {Place} from './place.ts'
import type {Unit} from './unit.ts'

/** A name of a unit in a line of `[Unit]`. */
export interface Reference {
  readonly kind: DependencyKind
  readonly name: string
  readonly origin: Assignment
  /** Of the name alone. */
  readonly at: Place
}

/** The units that lines of `[Unit]` name, each once for a kind. */
export function references(unit: Unit): readonly Reference[] {
  return dependencies(unit).flatMap(({kind, name, origin}: Dependency) =>
    isWritten(origin) && origin.section === 'Unit' && !origin.key.endsWith('For') ? [{kind, name, origin, at: placeOfName(origin, name, unit)}] : [],
  )
}

/** Where a line names a unit; the whole line where its name follows from more than a word. */
export function placeOfName(origin: Assignment, name: string, unit: Unit): Place {
  const word = wordsOf(origin, unit).get(name)
  const {file, directive} = origin
  return {
    file,
    span: word ? valueSpan(directive, word.start, word.end) : {start: directive.keySpan.start, end: Math.max(directive.keySpan.end, directive.valueSpan.end)},
  }
}

/** The first word of a line for each unit that it names; a line that names many is asked for each. */
const wordsOf = query((origin: Assignment, unit: Unit): ReadonlyMap<string, NamedUnit> => {
  const words = readsNames(origin, unit).toReversed()
  return new Map(words.map((word) => [word.name, word]))
})
