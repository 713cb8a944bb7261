import {VFileMessage} from 'vfile-message'
import type {VFile} from 'vfile'
import type {Crash} from './check.ts'
import type {Finding} from './finding.ts'
import {errorOf, reasonOf} from '../rule/reason.ts'

/** Leave a finding on its file. */
export function say(file: VFile, {ruleId, severity, message, position, note, url, fix}: Finding): void {
  // A finding has no stack worth its cost.
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const said = new VFileMessage(message, {place: position, source: 'unitlint', ...(ruleId ? {ruleId} : {})})
  Error.stackTraceLimit = limit
  said.file = file.path
  said.name = `${file.path}:${position.start.line}:${position.start.column}`
  said.fatal = false
  said.severity = severity
  if (note !== undefined) said.note = note
  if (url !== undefined) said.url = url
  if (fix) said.fix = fix
  file.messages.push(said)
}

/** Leave on a file that a rule failed. */
export function sayCrash(file: VFile, {ruleId, cause}: Crash): void {
  sayFatal(file, `Rule \`${ruleId}\` failed: ${reasonOf(cause)}`, cause, ruleId)
}

/** Leave on a file that it could not be judged at all, and take back what was said and changed while that was tried. */
export function sayFailure(file: VFile, cause: unknown): void {
  sayFatal(file, `Not linted, which is a fault of unitlint: ${reasonOf(cause)}. The other files are; \`ignores\` in a config leaves this one out`, cause)
}

/** Leave on a file why it cannot be judged. */
export function sayFatal(file: VFile, message: string, cause?: unknown, ruleId?: string): void {
  const error = errorOf(cause)
  const said = new VFileMessage(message, {source: 'unitlint', ...(ruleId === undefined ? {} : {ruleId}), ...(error ? {cause: error} : {})})
  said.file = file.path
  said.fatal = true
  file.messages.push(said)
}
