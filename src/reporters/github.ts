import {standardInput} from './entry.ts'
import type {Entry, Message} from './entry.ts'
import {lines} from './formatter.ts'
import type {EachFormatter} from './formatter.ts'
import {printable} from './printable.ts'
import {relativePath} from './relative-path.ts'

/** Workflow commands of GitHub Actions, one line a message: shown beside the lines that they are about. */
export const github: EachFormatter = {
  each: (entry, {cwd}) => entry.messages.map((message) => command(entry, message, cwd)).join('\n'),
  frame: lines,
}

function command({path}: Entry, {severity, text, place, ruleId}: Message, cwd: string): string {
  const properties: Array<[name: string, value: string | number]> = [['file', path === standardInput ? path : relativePath(path, cwd).path]]
  if (place) {
    const {start, end} = place
    // GitHub takes columns only when both ends are on one line.
    if (start.line === end.line) properties.push(['line', start.line], ['col', start.column], ['endLine', end.line], ['endColumn', end.column])
    else properties.push(['line', start.line], ['endLine', end.line])
  }
  properties.push(['title', ruleId === undefined ? 'unitlint' : `unitlint(${ruleId})`])
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`).join(',')
  return `::${severity === 2 ? 'error' : 'warning'} ${list}::${escapeData(printable(text))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
