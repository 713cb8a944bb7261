import type {Location} from 'vscode-languageserver'
import type {LocatedUnit} from '../../machine/unit-folder.ts'
import {parse} from '../../syntax/parse.ts'
import type {Span} from '../../syntax/tree.ts'
import {reading} from '../../unit/read/reading.ts'
import {isTemplate, templateOf} from '../../unit/references.ts'
import {unitOf} from '../../unit/load.ts'
import {parseUnitName} from '../../values/unit-names.ts'
import type {Document} from '../document.ts'
import {unitNameAt, unitNamesIn} from '../names.ts'
import type {NamedAt} from '../names.ts'
import {spotAt} from '../subject.ts'
import type {Subject} from '../subject.ts'
import {unitNow} from '../workspace.ts'
import type {Workspace} from '../workspace.ts'
import {locationOf} from './diagnostics.ts'

/**
 * Where what stands at an offset is written: the files of a unit that is named, of an instance
 * those of its template; the other lines of a directive, in files of the same unit.
 */
export function definition(subject: Subject, offset: number): Location[] {
  const named = unitNameAt(subject, offset)
  if (named) return filesOf(named, subject).map((file) => startOf(subject.space, file))
  return sameDirective(subject, offset)
}

/** The files of a unit, absolute. */
function filesOf({name, written}: NamedAt, {unit}: Subject): readonly string[] {
  const sight = unit?.sight
  if (!sight) return []
  const found = [name, isTemplate(written) ? written : templateOf(name)]
    .map((one) => sight.find(one))
    .find(({state}) => state === 'found')
  return found ? pathsOf(found) : []
}

function pathsOf({fragment, dropIns}: LocatedUnit): readonly string[] {
  return [...(fragment === undefined ? [] : [fragment]), ...dropIns]
}

function startOf(space: Workspace, file: string): Location {
  const start = {line: 0, character: 0}
  return {uri: space.uriOf(space.absoluteOf(file)), range: {start, end: start}}
}

function sameDirective({its, space, unit}: Subject, offset: number): Location[] {
  const file = unit?.files.find(({absolute}) => absolute === its.path)
  if (!unit || !file || unit.files.length === 1) return []
  const {lines} = reading(unitNow(unit))
  const line = lines.find(
    ({
      assignment: {
        file: {path: of},
        directive: {keySpan},
      },
    }) => of === file.path && keySpan.start <= offset && offset <= keySpan.end,
  )
  if (!line) return []
  const {section, key} = line.assignment
  const others = lines.filter(
    ({assignment}) =>
      assignment !== line.assignment && assignment.key === key && assignment.section === section,
  )
  return others.flatMap(({assignment}) => locationOf(assignment, unit, space))
}

/** A place that names a unit, in a document. */
export interface NamingPlace {
  readonly its: Document
  readonly span: Span
  /** As it is written there. */
  readonly written: string
}

/**
 * The unit that is meant at an offset: one that is named there, or where none is, the one that the
 * document is of.
 */
export function meantAt(
  subject: Subject,
  offset: number,
): {readonly name: string; readonly span: Span | undefined} | undefined {
  const named = unitNameAt(subject, offset)
  if (named) return {name: isTemplate(named.written) ? named.written : named.name, span: named.span}
  const {unit, its} = subject
  const spot = spotAt(its, offset)
  return unit && spot.kind === 'header' ? {name: unit.identity.name, span: undefined} : undefined
}

/**
 * Where the units of the folder name one; of a template, and of what is made of it, all instances.
 */
export function references(space: Workspace, name: string): readonly NamingPlace[] {
  const wanted = templateOf(name)
  const isMeant = (other: string): boolean =>
    isTemplate(name) ? templateOf(other) === wanted : other === name
  const {prefix} = parseUnitName(name)
  const found: NamingPlace[] = []
  for (const [file, its, options] of textsOf(space)) {
    // Nearly all of many files name others.
    if (!its.includes(prefix) && !its.includes('%')) continue
    const identity = unitOf(file)
    if (!identity) continue
    const document = space.documentOf(file, its)
    const reader = {
      name: identity.name,
      type: identity.type,
      newest: options.newest,
      manager: options.manager,
    }
    for (const {name: other, written, span} of unitNamesIn(parse(its), reader)) {
      if (isMeant(isTemplate(written) ? written : other)) found.push({its: document, span, written})
    }
  }
  return found
}

/** The files of a folder with their texts, each once. */
function* textsOf(
  space: Workspace,
): Iterable<readonly [file: string, text: string, reader: Pick<Subject, 'newest' | 'manager'>]> {
  const seen = new Set<string>()
  for (const {unit, options} of space.scene.units) {
    for (const {path: file} of unit.files) {
      const absolute = space.absoluteOf(file)
      const text = seen.has(absolute) ? undefined : space.read(absolute)
      seen.add(absolute)
      const newest =
        options.upTo ??
        options.targets.reduce((one, other) => (other.version > one.version ? other : one))
      if (text !== undefined) yield [absolute, text, {newest, manager: options.manager}]
    }
  }
}

/** Places that name a unit, as a client takes them; and the unit itself where that is asked for. */
export function referencesTo(
  subject: Subject,
  offset: number,
  {isDeclared}: {readonly isDeclared: boolean},
): Location[] {
  const meant = meantAt(subject, offset)
  if (!meant) return []
  const {space} = subject
  const its = references(space, meant.name).map(({its: document, span}) => ({
    uri: document.uri,
    range: document.places.rangeOf(span),
  }))
  const own = isDeclared
    ? filesOf({name: meant.name, written: meant.name, span: {start: 0, end: 0}}, subject).map(
        (file) => startOf(space, file),
      )
    : []
  return [...own, ...its]
}
