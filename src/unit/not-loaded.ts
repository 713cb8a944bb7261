import {pointAt} from '../syntax/place.ts'
import type {LoadedUnit} from './load.ts'
import {reading} from './read/reading.ts'
import {reasonOf} from './read/reasons.ts'
import type {SourceFile} from './unit.ts'
import {verdict} from './verdict.ts'

/**
 * Why systemd does not load a unit, and the line that is to blame, counted from 1; what is missing
 * has none.
 */
export interface NotLoaded {
  readonly reason: string
  readonly place?: {readonly file: SourceFile; readonly line: number}
}

/**
 * Why systemd does not load a unit: the complaint that ended the reading of the main file, or what
 * is wrong with the whole; undefined for one that it loads.
 */
export function notLoaded(unit: LoadedUnit): NotLoaded | undefined {
  const {refusal} = verdict(unit)
  const {ending} = reading(unit)
  if (ending) {
    const {file, span} = ending
    const {line} = pointAt(file.tree.lineStarts, span.start)
    return {reason: reasonOf(ending, unit), place: {file, line}}
  }
  if (!refusal) return undefined
  const {reason, assignment} = refusal
  if (!assignment) return {reason}
  const {file, directive} = assignment
  return {reason, place: {file, line: directive.position.start.line}}
}
