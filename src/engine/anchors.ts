import {isHardening} from '../facts/hardening.ts'
import {fatalFaults, sectionsIn} from '../syntax/tree.ts'
import type {Directive, Header, UnitTree} from '../syntax/tree.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {reading} from '../unit/read/reading.ts'
import type {SourceFile} from '../unit/unit.ts'

/** A line to add: `[key, value]`. */
export type NewLine = readonly [key: string, value: string]

/**
 * The lines behind what ends the reading of a drop-in: what stands there is not in force, whatever
 * it says.
 */
export const unreadIn = query((unit: LoadedUnit): ReadonlySet<Directive> => {
  const unread = reading(unit).lines.filter(({state, facts}) => state === 'unread' && facts)
  return new Set(unread.map(({assignment}) => assignment.directive))
}, itself)

interface Anchor {
  readonly file: SourceFile
  readonly behind: Directive | Header | undefined
  readonly isApart: boolean
}

/** Where lines of some directives go in a section: behind the last of them, where there are some. */
export function anchorOf(
  unit: LoadedUnit,
  name: string,
  lines: readonly NewLine[],
): Anchor | undefined {
  const keys = new Set(lines.map(([key]) => key))
  const isWritten = [...keys].some((key) => unit.assignments(name, key).length > 0)
  // Behind the last of all of them: an empty one further down would take back what is added.
  const same = isWritten
    ? unit.lines.findLast(
        (line) =>
          line.section === name && keys.has(line.key) && !unreadIn(unit).has(line.directive),
      )
    : undefined
  return same ? {file: same.file, behind: same.directive, isApart: false} : endOf(unit, name)
}

/** Where the lines go of which a section has none of their kind. */
const endOf = query((unit: LoadedUnit, name: string): Anchor | undefined => {
  // The main one, where the unit has one in sight.
  const [file] = unit.files
  if (!file) return undefined
  const sections = sectionsIn(file.tree).filter((section) => section.name === name)
  // What stands behind the end of the reading is not in force, and nothing is that is added there.
  const read = unit.isReadable ? undefined : new Set(unit.lines.map(({directive}) => directive))
  const isRead = (directive: Directive): boolean =>
    !unreadIn(unit).has(directive) && (read?.has(directive) ?? true)
  const directives = sections.flatMap(({children}) =>
    children.filter((child) => child.type === 'directive').filter(isRead),
  )
  const hardening = directives.findLast((directive) => isHardening(directive.key))
  if (hardening) return {file, behind: hardening, isApart: false}
  const last = directives.at(-1)
  if (last) return {file, behind: last, isApart: usesBlankLines(file.tree)}
  const header = unit.isReadable ? sections.at(-1)?.header : undefined
  if (header) return {file, behind: header, isApart: false}
  const canBeMade = name === 'Unit' && unit.isReadable && isReadToItsSections(file.tree)
  return canBeMade ? {file, behind: undefined, isApart: false} : undefined
}, itself)

/** Whether there are sections, and systemd reads as far as the first. */
function isReadToItsSections({children}: UnitTree): boolean {
  return (
    children.find(
      (child) =>
        child.type === 'section' || (child.type === 'junk' && fatalFaults.has(child.fault)),
    )?.type === 'section'
  )
}

/**
 * Whether the file sets groups of lines apart, as far as one can see: a file of one section has no
 * reason to yet.
 */
function usesBlankLines(tree: UnitTree): boolean {
  const sections = sectionsIn(tree)
  return (
    sections.length < 2 ||
    tree.children.some(({type}) => type === 'blank') ||
    sections.some((section) => section.children.some(({type}) => type === 'blank'))
  )
}
