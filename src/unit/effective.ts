import {pointAt} from '../syntax/place.ts'
import type {Complaint} from './read/complaints.ts'
import {defaultValues, impliedValues} from './implied.ts'
import {placeOf, readLines, type DeadLine, type TakenLine} from './read/lines.ts'
import {reasonOf} from './read/reasons.ts'
import {merged, type LostWord, type MergedLine} from './read/merge.ts'
import {expansion} from './expansion.ts'
import type {LoadedUnit} from './load.ts'
import type {Assignment, SourceFile} from './unit.ts'
import {skipBlank} from '../values/words.ts'
import {verdict} from './verdict.ts'

export type {DeadLine} from './read/lines.ts'

/** A value in force. */
export interface EffectiveValue {
  readonly section: string
  readonly key: string
  /** As it is written, without the words that do not count; what is not written, as it would be. */
  readonly value: string
  /** The value with its specifiers replaced, where all of them are known. */
  readonly expanded?: string
  readonly origin: ValueOrigin
}

/** Where a value in force comes from. */
export type ValueOrigin =
  | {readonly kind: 'written'; readonly assignment: Assignment}
  /** Another directive implies it: `KEY=VALUE`, and where that is written. */
  | {readonly kind: 'implied'; readonly by: string; readonly assignment: Assignment}
  | {readonly kind: 'default'}

/** What systemd makes of all files of a unit. */
export interface EffectiveUnit {
  /** What is written as systemd reads it, then what is implied, then defaults. Written out so, they are the same unit. */
  readonly values: readonly EffectiveValue[]
  /** What is written in vain, in the order of the files. */
  readonly dead: readonly DeadLine[]
  /** Undefined for a unit that systemd loads. */
  readonly refusal: Refused | undefined
}

/** Why systemd does not load a unit, and the line that is to blame, counted from 1; what is missing has none. */
export interface Refused {
  readonly reason: string
  readonly place?: {readonly file: SourceFile; readonly line: number}
}

/** The values that are in force when all files of a unit are read, and the lines that are not; with the defaults of its sandboxing where asked. */
export function effectiveUnit(unit: LoadedUnit, {defaults = false}: {readonly defaults?: boolean} = {}): EffectiveUnit {
  const {complaints, refusal} = verdict(unit)
  const {taken, ignored} = readLines(unit, complaints)
  const lines = inForceOrder(merged(taken, unit))
  const implied = impliedValues(
    unit,
    lines.filter(({state}) => state === 'in-force').map(({line}) => line.assignment),
  )
  const dead = [...ignored]
  const written: EffectiveValue[] = []
  for (const merge of lines) {
    const {assignment, facts} = merge.line
    const {section, key} = assignment
    const stronger = implied.find(({value: its, adds}) => !adds && its.key === key && its.section === section)
    const value = merge.state === 'in-force' && !stronger ? valueOf(merge) : undefined
    if (value === undefined) {
      const why = stronger && merge.state === 'in-force' ? {reason: 'overridden', by: stronger.by} : deathOf(merge)
      if (why) dead.push({...deadLine(merge.line), ...why})
      continue
    }
    const expanded = expansion(value, facts, unit)
    written.push({section, key, value, ...(expanded === undefined ? {} : {expanded}), origin: {kind: 'written', assignment}})
    for (const {from, to, reason, by} of merge.lost) dead.push({...deadLine(merge.line), value: assignment.value.slice(from, to), reason, ...(by ? {by} : {})})
  }
  const values = [...written, ...implied.map(({value}) => value)]
  return {
    values: defaults ? [...values, ...defaultValues(unit, values)] : values,
    dead: dead.toSorted((one, other) => one.order - other.order),
    refusal: refusedBy(complaints, unit) ?? (refusal && {reason: refusal.reason, ...(refusal.assignment ? {place: lineOf(refusal.assignment)} : {})}),
  }
}

/** The complaint that ended the reading of the main file. */
function refusedBy(complaints: readonly Complaint[], unit: LoadedUnit): Refused | undefined {
  const ending = complaints.find(({effect, file}) => effect === 'unit' && file.role === 'fragment')
  return ending && {reason: reasonOf(ending, unit), place: {file: ending.file, line: pointAt(ending.file.tree.lineStarts, ending.span.start).line}}
}

/** A priority behind the policy that it is for, wherever that was set last: else systemd would not take it (systemd.exec(5), "CPUSchedulingPriority="). */
function inForceOrder(lines: readonly MergedLine[]): readonly MergedLine[] {
  const last = (key: string): MergedLine | undefined => lines.find(({line, state}) => line.assignment.key === key && state === 'in-force')
  const [policy, priority] = [last('CPUSchedulingPolicy'), last('CPUSchedulingPriority')]
  if (!policy || !priority || policy.line.order < priority.line.order) return lines
  return lines.flatMap((line) => (line === priority ? [] : line === policy ? [policy, priority] : [line]))
}

/** What counts of a line; undefined for a list without words. A set that lines add up to may be empty, and what replaces does so without words. */
function valueOf({line: {assignment, facts}, lost}: MergedLine): string | undefined {
  const {value} = assignment
  const rest = without(value, lost)
  if (lost.length === 0 || (rest !== '' && !(rest === '~' && facts.invert))) return rest
  return value === '' || facts.repeat !== 'append' ? value : undefined
}

/** Why nothing of a line counts; undefined for one that took back what was there. */
function deathOf({state, by, lost: [first]}: MergedLine): Pick<DeadLine, 'reason' | 'by'> | undefined {
  if (by) return {reason: by.value === '' ? 'taken back' : 'overridden', by}
  if (state === 'done') return undefined
  if (first) return {reason: first.reason, ...(first.by ? {by: first.by} : {})}
  return {reason: 'does nothing'}
}

function deadLine({assignment, order}: TakenLine): Omit<DeadLine, 'reason'> {
  const {section, key, value} = assignment
  return {...lineOf(assignment), section, key, value, order}
}

function lineOf({file, directive}: Assignment): Pick<DeadLine, 'file' | 'line' | 'lastLine'> {
  return {file, ...placeOf(directive)}
}

/** A value without some of its words and the white space behind them; all of it where what is left would be read in another way. */
function without(value: string, words: readonly LostWord[]): string {
  if (words.length === 0) return value
  let rest = ''
  let at = 0
  for (const {from, to} of words) {
    rest += value.slice(at, Math.max(from, at))
    at = Math.max(at, skipBlank(value, to))
  }
  const line = (rest + value.slice(at)).trimEnd()
  return line.endsWith('\\') || (line.startsWith('~') && !value.startsWith('~')) ? value : line
}
