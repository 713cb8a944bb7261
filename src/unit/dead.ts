import type {Directive, Entry, Section} from '../syntax/tree.ts'
import type {LoadedUnit} from './load.ts'
import {reading, type Line} from './read/reading.ts'
import {reasonOf} from './read/reasons.ts'
import type {Assignment, SourceFile} from './unit.ts'
import {dialectOf} from '../values/dialect.ts'

/**
 * A line that systemd does not take, or a word of one that it skips or that a later line takes
 * away.
 */
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
}

/**
 * All that is written in vain in a unit, in the order of its files, given the lines that what is
 * implied overrides.
 */
export function deadLines(
  unit: LoadedUnit,
  overruled: ReadonlyMap<Assignment, Assignment>,
): DeadLine[] {
  const {lines, complaints} = reading(unit)
  const byDirective = new Map(lines.map((line) => [line.assignment.directive, line]))
  const byStart = new Map(
    complaints.map((complaint) => [
      complaint.directive ? undefined : complaint.span.start,
      complaint,
    ]),
  )
  return unit.files.flatMap((file) =>
    [...entriesOf(file)].flatMap(({entry, section}): DeadLine[] => {
      const place = {
        file,
        ...linesOfEntry(entry),
        ...(section === undefined ? {} : {section: section.name}),
      }
      if (entry.type === 'junk') {
        const complaint = byStart.get(entry.position.start.offset)
        return complaint?.file === file
          ? [{...place, value: entry.raw.trim(), reason: reasonOf(complaint, unit)}]
          : []
      }
      if (entry.type !== 'directive' || !section) return []
      if (section.name.startsWith('X-') || entry.key.startsWith('X-')) return []
      const line = byDirective.get(entry)
      const by = line?.state === 'counts' ? overruled.get(line.assignment) : undefined
      const reason = unreadReason(entry, {file, section, line}, unit)
      const {key, value} = entry
      const deaths =
        reason !== undefined || !line
          ? [{value, reason: reason ?? 'in a section that is unknown here'}]
          : by
            ? [{value, reason: 'overridden', by}]
            : deathOf(line, unit)
      return deaths.map((death) => ({...place, key, ...death}))
    }),
  )
}

/** Why a line is not read, where the reading of its unit ends with it or before it. */
function unreadReason(
  entry: Directive,
  {file, section, line}: {file: SourceFile; section: Section; line: Line | undefined},
  unit: LoadedUnit,
): string | undefined {
  const {ending} = reading(unit)
  // The line that ends the reading is told of by what is wrong with it.
  if (ending && line?.complaints.includes(ending)) return reasonOf(ending, unit)
  const end = !ending ? Infinity : file.role === 'drop-in' ? -1 : ending.span.start
  const isKnown = dialectOf(unit.target).types[unit.type]?.includes(section.name) ?? false
  return entry.position.start.offset >= end || (isKnown && (!line || line.state === 'unread'))
    ? 'not read, as reading ends before'
    : undefined
}

/** Why a line does not count, or which words of it. */
function deathOf(line: Line, unit: LoadedUnit): Pick<DeadLine, 'value' | 'reason' | 'by'>[] {
  const {state, by, complaint, lost} = line
  const {value} = line.assignment
  switch (state) {
    case 'counts':
      return lost.map((word) => ({
        value: value.slice(word.from, word.to),
        ...(word.by
          ? {reason: 'overridden', by: word.by}
          : {reason: word.complaint ? reasonOf(word.complaint, unit) : ''}),
      }))
    case 'resets':
      return []
    case 'idle':
      return [{value, reason: 'does nothing'}]
    case 'overridden':
      return [{value, reason: 'overridden', ...(by ? {by} : {})}]
    case 'taken-back':
      return [{value, reason: 'taken back', ...(by ? {by} : {})}]
    default:
      return complaint ? [{value, reason: reasonOf(complaint, unit)}] : []
  }
}

function* entriesOf(
  file: SourceFile,
): Generator<{readonly entry: Entry; readonly section?: Section}> {
  for (const node of file.tree.children) {
    if (node.type === 'section') for (const entry of node.children) yield {entry, section: node}
    else yield {entry: node}
  }
}

/** The lines from the first to the last character, without what ends the last one. */
export function linesOfEntry(entry: Entry): {line: number; lastLine: number} {
  const {start, end} = entry.position
  return {
    line: start.line,
    lastLine: end.column === 1 ? Math.max(end.line - 1, start.line) : end.line,
  }
}
