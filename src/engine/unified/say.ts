import type {VFile} from 'vfile'
import {VFileMessage} from 'vfile-message'
import {errorOf} from '../../rule/thrown.ts'
import type {Choice} from '../../needs/kind.ts'
import type {Exposure, Finding, FindingFix, FindingSeverity} from '../finding.ts'
import type {Fault} from '../judge.ts'

/** What a VFileMessage of ours carries beyond vfile's own fields. */
declare module 'vfile-message' {
  interface VFileMessage {
    fix?: FindingFix | undefined
    /** 0: information, 1: warning, 2: error. */
    severity?: FindingSeverity | undefined
  }
}

declare module 'vfile' {
  interface DataMap {
    unitlint?: UnitlintData
  }
}

/** What unitlint leaves on a VFile beside messages. */
export interface UnitlintData {
  /** Exposure before and after fixes, made or not; only for services that systemd would load. */
  exposure?: Exposure
  /** Fixes applied to the file, by rule id, in the order applied. */
  applied?: readonly string[]
  /** The profile that evidence chose for the unit, where that was left to it. */
  choice?: Choice
}

/** Leave a finding on its file. */
export function say(
  file: VFile,
  {ruleId, severity, message, position, note, url, fix}: Finding,
): void {
  // A finding has no stack worth its cost.
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const said = new VFileMessage(message, {
    place: position,
    source: 'unitlint',
    ...(ruleId ? {ruleId} : {}),
  })
  Error.stackTraceLimit = limit
  said.file = file.path
  said.name = nameAt(file, position)
  said.fatal = severity === 0 ? undefined : false
  said.severity = severity
  if (note !== undefined) said.note = note
  if (url !== undefined) said.url = url
  if (fix) said.fix = fix
  file.messages.push(said)
}

function nameAt({path}: VFile, {start}: Finding['position']): string {
  return `${path}:${start.line}:${start.column}`
}

/** Leave on a file what kept its unit, or a rule, from being judged. */
export function sayFault(file: VFile, {message, ruleId, cause, at}: Fault): void {
  const error = errorOf(cause)
  const said = new VFileMessage(message, {
    source: 'unitlint',
    ...(ruleId === undefined ? {} : {ruleId}),
    ...(at && {place: at.position}),
    ...(error ? {cause: error} : {}),
  })
  said.file = file.path
  if (at) said.name = nameAt(file, at.position)
  said.fatal = true
  file.messages.push(said)
}
