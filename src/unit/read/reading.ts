import type {ValueFacts} from '../../facts/directives.ts'
import type {Directive} from '../../syntax/tree.ts'
import {itself} from '../load.ts'
import type {LoadedUnit} from '../load.ts'
import {query} from '../query.ts'
import type {Assignment} from '../unit.ts'
import {complaintsOfLayout, complaintsOfLine} from './complaints.ts'
import type {Complaint} from './complaint.ts'
import {countedText} from './counted.ts'
import type {LostWord, MergedLine, TakenLine} from './lines.ts'
import {merged} from './merge.ts'
import {tangled} from './tangles.ts'
import {takenValue} from './words.ts'
import {dialectOf} from '../../values/dialect.ts'

/** What becomes of a line. */
export type LineState =
  /** It is in force, all of it or some of its words. */
  | 'counts'
  /** It took back what was there, and nothing else. */
  | 'resets'
  /** Taken, and yet it does nothing: a list without words that takes nothing back. */
  | 'idle'
  /** A later line replaced it. */
  | 'overridden'
  /** A later empty value took it back. */
  | 'taken-back'
  /** systemd gives it up for a fault. */
  | 'refused'
  /** Behind the end of the reading of a drop-in, or none of systemd's (`X-`). */
  | 'unread'

/** A line of a unit and what has become of it when all are read. */
export interface Line {
  readonly assignment: Assignment
  /** Undefined where the target does not know the directive. */
  readonly facts: ValueFacts | undefined
  /** Its place among all lines of the unit. */
  readonly order: number
  readonly state: LineState
  /** What replaced it or took it back. */
  readonly by?: Assignment
  /** Why it is refused. */
  readonly complaint?: Complaint
  /** All that systemd says of it. */
  readonly complaints: readonly Complaint[]
  /** Words that do not count, in order. */
  readonly lost: readonly LostWord[]
  /** The assignment with the words that count alone: itself where all do. */
  readonly counted: Assignment
  /** For a line that had to do with others: the settings that it still holds. */
  readonly holds?: ReadonlySet<string>
}

/** A unit as one version of systemd reads it. */
export interface Reading {
  /**
   * In the order in which systemd reads them.
   *
   * A main file in which a value makes systemd give up is read on, and such lines count: the unit
   * is not loaded before it is mended, and what else there is to say is said of what it will be
   * then.
   */
  readonly lines: readonly Line[]
  /** All that systemd says while it reads, in its order. */
  readonly complaints: readonly Complaint[]
  /** The complaint with which systemd gives up the main file; such a unit is not loaded. */
  readonly ending: Complaint | undefined
}

/**
 * Read a unit: what each line and each word of it comes to (systemd.unit(5), systemd.syntax(7)).
 */
export const reading = query((unit: LoadedUnit): Reading => {
  const {lookedAt, complaints} = linesByThemselves(unit)
  const ending = complaints.find(({effect, file}) => effect === 'unit' && file.role === 'fragment')
  const taken: TakenLine[] = []
  const lines: Line[] = []
  for (const its of lookedAt) {
    // Most lines have none.
    const skipped =
      its.complaints.length === 0
        ? noneSkipped
        : its.facts && takenValue(its.assignment, its.complaints.filter(isOfLine), its.facts, unit)
    if (its.isUnread || !its.facts || !skipped) lines.push(lost(its))
    else {
      const line = {assignment: its.assignment, facts: its.facts, order: its.order, ...skipped}
      taken.push(line)
      lines.push(whole(its))
    }
  }
  for (const line of merged(tangled(taken, unit), unit))
    lines[line.line.order] = fate(line, lines[line.line.order]?.complaints ?? none)
  return {lines, complaints, ending}
}, itself)

/** Whether a complaint leaves the unit to be read on, see `lines`. */
function isOfLine({effect, file}: Complaint): boolean {
  return effect !== 'unit' || file.role === 'drop-in'
}

const noneSkipped = {skipped: [], faults: []} as const
const none: readonly Complaint[] = []

/** A line, and what systemd says of it by itself. */
interface LookedAt {
  readonly assignment: Assignment
  readonly facts: ValueFacts | undefined
  readonly order: number
  readonly complaints: readonly Complaint[]
  readonly isUnread: boolean
}

/**
 * Look at every line by itself, and note what systemd says, in its order: no more of a file that it
 * has given up, nor of drop-ins behind such a main file.
 */
function linesByThemselves(unit: LoadedUnit): {lookedAt: LookedAt[]; complaints: Complaint[]} {
  const lookedAt: LookedAt[] = []
  const complaints: Complaint[] = []
  // Scopes are not read from files.
  const isSilent = unit.type === 'scope' && !unit.isPartial
  const {row} = dialectOf(unit.target)
  const memory = new Set<string>()
  const known = unit.amends && aloneIn(unit.amends)
  let isOver = isSilent
  let order = 0
  for (const file of unit.files) {
    const layout = isSilent ? [] : complaintsOfLayout(file, unit)
    let next = 0
    let isEnded = false
    const say = (complaint: Complaint): void => {
      if (!isOver && !isEnded) complaints.push(complaint)
      isEnded ||= complaint.effect === 'unit'
    }
    for (
      let assignment = unit.lines[order];
      assignment?.file === file;
      assignment = unit.lines[++order]
    ) {
      for (
        let head = layout[next];
        head && head.span.start < startOf(assignment);
        head = layout[++next]
      )
        say(head)
      const isUnread = isEnded && file.role === 'drop-in'
      const facts = row(assignment.section, assignment.key, unit.target.version)
      const own =
        isUnread || isSilent
          ? none
          : (knownOf(assignment, known) ?? complaintsOfLine(assignment, facts, unit, memory))
      lookedAt.push({
        assignment,
        facts,
        order,
        complaints: own,
        isUnread: isUnread || (!facts && own.length === 0),
      })
      for (const complaint of own) say(complaint)
    }
    for (const head of layout.slice(next)) say(head)
    isOver ||= isEnded && file.role === 'fragment'
  }
  return {lookedAt, complaints}
}

function startOf({directive}: Assignment): number {
  return directive.position.start.offset
}

/**
 * What systemd says of a line that stood in another unit too; undefined where that did not hold
 * here.
 */
function knownOf(
  {directive, section, file}: Assignment,
  known: ReadonlyMap<Directive, Line> | undefined,
): readonly Complaint[] | undefined {
  const line = known?.get(directive)
  if (line?.assignment.section !== section) return undefined
  const {complaints, assignment} = line
  return assignment.file === file
    ? complaints
    : complaints.map((complaint) => ({...complaint, file}))
}

/** The lines of a unit that systemd has read whatever other lines say. */
const aloneIn = query((unit: LoadedUnit): ReadonlyMap<Directive, Line> => {
  const alone = reading(unit).lines.filter(
    ({facts, state}) => facts && state !== 'unread' && !isRemembered(facts),
  )
  return new Map(alone.map((line) => [line.assignment.directive, line]))
}, itself)

/** Whether what systemd says of a line depends on earlier ones. */
function isRemembered({key, repeat, type}: ValueFacts): boolean {
  return repeat === 'first' || type === 'name-list' || key.startsWith('CPUScheduling')
}

function whole({assignment, facts, order, complaints}: LookedAt): Line {
  return {
    assignment,
    facts,
    order,
    state: 'counts',
    complaints,
    lost: noneSkipped.skipped,
    counted: assignment,
  }
}

function lost({assignment, facts, order, complaints, isUnread}: LookedAt): Line {
  const complaint = isUnread
    ? undefined
    : complaints.find(({effect}) => effect === 'line' || effect === 'unit')
  const state = isUnread ? 'unread' : 'refused'
  return {
    assignment,
    facts,
    order,
    state,
    ...(complaint ? {complaint} : {}),
    complaints,
    lost: noneSkipped.skipped,
    counted: assignment,
  }
}

/** What has become of a line among others. */
function fate(merge: MergedLine, complaints: readonly Complaint[]): Line {
  const {line, state, by, holds} = merge
  const {assignment, facts, order} = line
  const about = {assignment, facts, order, complaints, lost: merge.lost, counted: assignment, holds}
  if (by) return {...about, state: by.value === '' ? 'taken-back' : 'overridden', by}
  // None of its words counts, whatever it did to others.
  const complaint =
    merge.lost[0]?.complaint ??
    (line.faults.length > 0 ? complaints.find(({effect}) => effect !== 'notice') : undefined)
  if (state === 'done' && !complaint) return {...about, state: 'resets'}
  const text = state === 'in-force' ? countedText(merge) : undefined
  if (text !== undefined)
    return {
      ...about,
      state: 'counts',
      counted: text === assignment.value ? assignment : {...assignment, value: text},
    }
  return complaint ? {...about, state: 'refused', complaint} : {...about, state: 'idle'}
}
