import {VFile} from 'vfile'
import type {FindingFix, FindingSeverity} from '../../src/engine/finding.ts'
import type {UnitlintData} from '../../src/engine/unified/say.ts'
import type {ReportContext} from '../../src/reporters/index.ts'

/**
 * A message to put on a file; the place is `[from, to]` in offsets, none for a message about the
 * file as a whole.
 */
export interface Said {
  text: string
  at?: readonly [from: number, to: number] | undefined
  severity?: FindingSeverity | undefined
  fatal?: boolean | undefined
  ruleId?: string | undefined
  note?: string | undefined
  url?: string | undefined
  fix?: FindingFix | undefined
  cause?: Error | undefined
}

/** A linted file as the engine leaves it. */
export function linted(
  path: string,
  value: string,
  messages: readonly Said[],
  data: UnitlintData = {},
): VFile {
  const file = new VFile({path, value})
  file.data.unitlint = data
  for (const {text, at, severity = 1, fatal = false, ruleId, note, url, fix, cause} of messages) {
    const message = file.message(text, {
      source: 'unitlint',
      ruleId,
      cause,
      place: at && {start: pointOf(value, at[0]), end: pointOf(value, at[1])},
    })
    message.severity = severity
    message.fatal = fatal
    message.note = note
    message.url = url
    message.fix = fix
  }
  return file
}

/** An unfixed report of everything, without colours, for the rules given. */
export function context(changes: Partial<ReportContext> = {}): ReportContext {
  return {
    color: false,
    cwd: '/repository',
    quiet: false,
    rules: [],
    version: '1.2.3',
    fixed: false,
    ...changes,
  }
}

export const bareService = '[Unit]\nDescription=Example\n\n[Service]\nExecStart=/usr/bin/example\n'

/** The place of the header in `bareService`. */
const header = [bareService.indexOf('[Service]'), bareService.indexOf('[Service]') + 9] as const

/** The place of `ExecStart=` with its value. */
export const execStart = [bareService.indexOf('ExecStart'), bareService.length - 1] as const

/**
 * What a rule says about an option that `bareService` lacks; without applicability it has no fix.
 */
export function missing(
  assignment: string,
  applicability?: FindingFix['applicability'],
  written = assignment,
): Said {
  const key = assignment.slice(0, assignment.indexOf('='))
  const end = bareService.length
  return {
    text: `Expected \`${assignment}\``,
    at: header,
    ruleId: key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(),
    fix: applicability && {
      title: `Set \`${written}\``,
      applicability,
      edits: [{range: [end, end], text: `\n${written}\n`}],
    },
  }
}

function pointOf(text: string, offset: number): {line: number; column: number; offset: number} {
  const before = text.slice(0, offset).split('\n')
  return {line: before.length, column: (before.at(-1) ?? '').length + 1, offset}
}
