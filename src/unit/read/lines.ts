import type {Directive, Entry, Section} from '../../syntax/tree.ts'
import type {Complaint} from './complaints.ts'
import {fileSections} from '../../facts/data/directives.ts'
import {reasonOf} from './reasons.ts'
import {takenValue, type TakenValue} from './words.ts'
import type {LoadedUnit} from '../load.ts'
import type {Assignment, SourceFile} from '../unit.ts'
import {valueFacts, type ValueFacts} from '../../facts/rows.ts'

/** An assignment that systemd takes, or takes some of. */
export interface TakenLine extends TakenValue {
  readonly assignment: Assignment
  readonly facts: ValueFacts
  /** The place among all lines of the unit. */
  readonly order: number
}

/** A line that systemd does not take, or a word of one that it skips or that a later line takes away. */
export interface DeadLine {
  readonly file: SourceFile
  /** Counted from 1. */
  readonly line: number
  readonly lastLine: number
  /** Undefined before the first header. */
  readonly section?: string
  /** Undefined for a line that assigns nothing. */
  readonly key?: string
  /** The value, the word of it that is dead, or all of a line that assigns nothing. */
  readonly value: string
  /** Why, in words; what overrides it or takes it back is named by `by` alone. */
  readonly reason: string
  readonly by?: Assignment
  readonly order: number
}

/** The lines of a unit as systemd reads them, in its order. */
export interface ReadLines {
  readonly taken: readonly TakenLine[]
  readonly ignored: readonly DeadLine[]
}

/** Part the lines of a unit into those that systemd takes and those that it passes over, given what it says while it reads them. */
export function readLines(unit: LoadedUnit, complaints: readonly Complaint[]): ReadLines {
  const taken: TakenLine[] = []
  const ignored: DeadLine[] = []
  const about = byDirective(complaints)
  let order = 0
  let ending: Complaint | undefined
  for (const file of unit.files) {
    const own = complaints.filter((complaint) => complaint.file === file)
    if (ending?.file.role !== 'fragment') ending = own.find(({effect}) => effect === 'unit')
    const junk = new Map(own.flatMap((complaint) => (complaint.directive ? [] : [[complaint.span.start, complaint] as const])))
    for (const {entry, section} of linesOf(file)) {
      order++
      const offset = entry.position.start.offset ?? 0
      const place = {file, ...placeOf(entry), ...(section === undefined ? {} : {section: section.name}), order}
      if (entry.type === 'junk') {
        const complaint = junk.get(offset)
        if (complaint) ignored.push({...place, value: entry.raw.trim(), reason: reasonOf(complaint, unit)})
      }
      if (entry.type !== 'directive' || !section || section.name.startsWith('X-') || entry.key.startsWith('X-')) continue
      const {key, value} = entry
      const ignore = (reason: string): unknown => ignored.push({...place, key, value, reason})
      if (ending && (ending.file !== file || offset >= ending.span.start)) {
        ignore('not read, as reading ends before')
        continue
      }
      if (!fileSections[unit.type]?.includes(section.name)) {
        ignore('in a section that is unknown here')
        continue
      }
      const its = about.get(entry) ?? []
      const assignment: Assignment = {section: section.name, key, value, directive: entry, file}
      const facts = valueFacts(section.name, key, unit.target.version)
      const left = facts && takenValue(assignment, its, facts, unit, (complaint) => reasonOf(complaint, unit))
      if (left) taken.push({assignment, facts, ...left, order})
      const loss = left ? undefined : its.find(({effect}) => effect === 'line' || effect === 'unit')
      if (loss) ignore(reasonOf(loss, unit))
    }
  }
  return {taken, ignored}
}

function byDirective(complaints: readonly Complaint[]): ReadonlyMap<Directive, readonly Complaint[]> {
  const groups = new Map<Directive, Complaint[]>()
  for (const complaint of complaints) {
    if (!complaint.directive) continue
    const group = groups.get(complaint.directive)
    if (group) group.push(complaint)
    else groups.set(complaint.directive, [complaint])
  }
  return groups
}

function* linesOf(file: SourceFile): Generator<{readonly entry: Entry; readonly section?: Section}> {
  for (const node of file.tree.children) {
    if (node.type === 'section') for (const entry of node.children) yield {entry, section: node}
    else yield {entry: node}
  }
}

/** The lines from the first to the last character, without what ends the last one. */
export function placeOf(entry: Entry): {line: number; lastLine: number} {
  const {start, end} = entry.position
  return {line: start.line, lastLine: end.column === 1 ? Math.max(end.line - 1, start.line) : end.line}
}
