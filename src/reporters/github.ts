import type {LintResult, Message} from './lint-result.ts'
import {belowEachOther} from './formatter.ts'
import type {EachFormatter} from './formatter.ts'
import {printable} from './printable.ts'
import {standingPath} from './relative-path.ts'
import {restrictionsId, withRestrictions} from './restrictions.ts'

/**
 * Workflow commands of GitHub Actions, one line a message: shown beside the lines that they are
 * about. What restricts a unit is one, as only ten annotations of a kind are shown a step.
 */
export const github: EachFormatter = {
  each: (entry, context) => {
    const {cwd} = context
    return withRestrictions(entry, context)
      .map((message) => command(entry, message, cwd))
      .join('\n')
  },
  frame: belowEachOther,
}

/** What GitHub calls severities. */
const commands = {0: 'notice', 1: 'warning', 2: 'error'} as const

function command(
  {path}: LintResult,
  {severity, text, place, ruleId}: Pick<Message, 'severity' | 'text' | 'place' | 'ruleId'>,
  cwd: string,
): string {
  const properties: Array<[name: string, value: string | number]> = [
    ['file', standingPath(path, cwd)],
  ]
  if (place) {
    const {start, end} = place
    // GitHub takes columns only when both ends are on one line.
    if (start.line === end.line)
      properties.push(
        ['line', start.line],
        ['col', start.column],
        ['endLine', end.line],
        ['endColumn', end.column],
      )
    else properties.push(['line', start.line], ['endLine', end.line])
  }
  properties.push([
    'title',
    ruleId === undefined || ruleId === restrictionsId ? 'unitlint' : `unitlint(${ruleId})`,
  ])
  const list = properties
    .map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`)
    .join(',')
  return `::${commands[severity]} ${list}::${escapeData(printable(text))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
