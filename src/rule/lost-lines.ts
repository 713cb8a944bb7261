import {nearest} from '../facts/nearest.ts'
import {countFirst} from '../syntax/ordered.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Span, UnitTree} from '../syntax/tree.ts'
import type {Complaint} from '../unit/read/complaint.ts'
import {verdict} from '../unit/verdict.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {valuesOf} from '../unit/value.ts'
import {placeOf} from './place.ts'
import type {Place} from './place.ts'
import {takenIn} from './taken-in.ts'
import {sectionsOf} from './validity.ts'

/**
 * Places at which systemd makes nothing of what would say one of some directives: misspelt, in
 * another section or below a header that it does not know, without `=`, as part of the line before,
 * with a value that it does not take; and all that stands before the first section.
 *
 * What is missing for such a line is told where the line is (`unlessTold` of a problem).
 */
export function lostLines(unit: LoadedUnit, keys: readonly string[]): readonly Place[] {
  const {complaints} = verdict(unit)
  const lost = complaints.filter((complaint) => losesOne(complaint, keys))
  // Where a header is missing, the first of its lines tells so, or what was meant to be the header.
  const headless = new Map<SourceFile, Set<Complaint['section']>>()
  for (const {kind, directive, file, section} of lost) {
    if (!isMisplaced(kind, directive?.key, keys)) continue
    const its = headless.get(file)
    if (its) its.add(section)
    else headless.set(file, new Set([section]))
  }
  const beside = complaints.filter(({kind, file, section}) => {
    const its = headless.get(file)
    if (!its || (kind !== 'unknown-directive' && kind !== 'junk-line')) return false
    return section === undefined || its.has(section)
  })
  const swallowed = unit.lines
    .filter(({directive: {pieces, value}}) => pieces && keys.some((key) => isWithin(key, value)))
    .flatMap((line) => takenIn(unit, line).map(({at}) => at))
  return [...new Set([...lost, ...beside, ...swallowed])].slice(0, most)
}

function isMisplaced(
  kind: Complaint['kind'],
  key: string | undefined,
  keys: readonly string[],
): boolean {
  return kind === 'unknown-directive' && key !== undefined && keys.includes(key)
}

/**
 * The same where a unit is missed that one of some directives would name, with the lines in which
 * its name is misspelt.
 */
export function lostNames(
  unit: LoadedUnit,
  name: string,
  keys: readonly string[],
): readonly Place[] {
  const misspelt = keys
    .flatMap((key) => valuesOf(unit, key))
    .filter(({value}) => value.split(/\s+/, most).some((word) => nearest(word, [name]) === name))
  return [...lostLines(unit, keys), ...misspelt.map(placeOf)]
}

/** Nobody reads of more. */
const most = 100

function losesOne(
  {kind, directive, fault, file, span}: Complaint,
  keys: readonly string[],
): boolean {
  switch (kind) {
    case 'junk-line':
      return fault === 'outside-section' || names(file.tree.text.slice(span.start, span.end), keys)
    case 'unknown-section':
    case 'unreadable':
      return isSaidBelow(file.tree, span, keys)
    case 'deprecated-directive':
    case 'deprecated-value':
      return false
    default:
  }
  if (!directive) return false
  const {key, value, pieces} = directive
  return (
    names(key, keys) ||
    (kind === 'unknown-directive' && nearest(key, keys) !== undefined) ||
    (pieces !== undefined && keys.some((its) => isWithin(its, value)))
  )
}

/** Whether a directive stands in a value, as that of the next line behind a `\`. */
function isWithin(key: string, value: string): boolean {
  return value.includes(` ${key}=`)
}

/** Whether a text begins with one of some names. */
function names(text: string, keys: readonly string[]): boolean {
  const [name = ''] = /^[A-Za-z0-9]+/.exec(text.trimStart().slice(0, longest)) ?? []
  return keys.includes(name)
}

/** No directive has a longer name. */
const longest = 64

/** Whether one of some directives stands below the header at a place. */
function isSaidBelow({children}: UnitTree, {start}: Span, keys: readonly string[]): boolean {
  const section = children[countFirst(children, ({position}) => position.start.offset <= start) - 1]
  return (
    section?.type === 'section' &&
    start <= section.header.position.end.offset &&
    section.children.some((line) => line.type === 'directive' && keys.includes(line.key))
  )
}

/** The first line of a file that is a script and no unit: it names who runs it. */
export function scriptIn(unit: LoadedUnit, file: SourceFile): Place | undefined {
  const {text, lineStarts} = file.tree
  if (!text.startsWith('#!')) return undefined
  const sections = sectionsOf(unit)
  if (sectionsIn(file.tree).some(({name}) => sections.includes(name))) return undefined
  return {file, span: {start: 0, end: text.slice(0, lineStarts[1]).trimEnd().length}}
}
