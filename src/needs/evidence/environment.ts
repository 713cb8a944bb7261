import {decode} from '../../syntax/bytes.ts'
import {itself} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {splitWords} from '../../values/words.ts'
import {valuesOf} from '../../unit/value.ts'
import {short} from './need.ts'

/** A variable that a unit sets. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly assignment: Assignment
  /** The file that sets it; absent: the line itself. */
  readonly file?: string
}

/**
 * What `Environment=` sets, by name, and what the files in sight that `EnvironmentFile=` names,
 * which take precedence (systemd.exec(5)).
 */
export const environment = query((unit: LoadedUnit): ReadonlyMap<string, Variable> => {
  const variables = new Map<string, Variable>()
  for (const assignment of valuesOf(unit, 'Environment')) {
    for (const {text} of splitWords(assignment.value.slice(0, 32_768), 'escapes').words) {
      const equals = text.indexOf('=')
      if (equals <= 0) continue
      const name = text.slice(0, equals)
      const value = text.slice(equals + 1)
      variables.set(name, {
        name,
        value: value.includes('%') ? (expandSpecifiers(value, unit) ?? value) : value,
        assignment,
      })
    }
  }
  if (!unit.host) return variables
  for (const assignment of valuesOf(unit, 'EnvironmentFile').slice(0, mostFiles)) {
    const path = assignment.value.replace(/^-/, '')
    const file = unit.host.file(path.includes('%') ? (expandSpecifiers(path, unit) ?? path) : path)
    if (!file) continue
    for (const [name, value] of assignmentsIn(decode(file.bytes(0, mostBytes))))
      variables.set(name, {name, value, assignment, file: file.path})
  }
  return variables
}, itself)

const mostFiles = 16
const mostBytes = 65_536

/** How messages call what sets a variable. */
export function subjectOf({name, file}: Variable): string {
  return file === undefined
    ? `\`Environment=${short(name)}\``
    : `\`${short(name)}\` of \`${short(file)}\``
}

/**
 * The variables that a file sets, in its order: one a line, but for values in quotes and lines that
 * end in a backslash (systemd.exec(5), `EnvironmentFile=`).
 */
function assignmentsIn(text: string): ReadonlyArray<readonly [name: string, value: string]> {
  const found: Array<readonly [string, string]> = []
  for (const [, name, raw = ''] of text.matchAll(line))
    if (name !== undefined) found.push([name, unquoted(raw)])
  return found
}

/** From the name to the end of the line that its value ends in; comments begin a line. */
const line =
  /^[ \t]*(?:[#;].*|([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*((?:\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'|[^\\\n"'])*))/gm

function unquoted(raw: string): string {
  const parts = raw.trim().matchAll(/\\\n|\\([^])|"((?:[^"\\]|\\[^])*)"|'([^']*)'|[^\\"']+/g)
  return [...parts]
    .map(([all, escaped, double, single]) =>
      all === '\\\n'
        ? ''
        : (escaped ?? double?.replaceAll(/\\(["\\`$])|\\\n/g, '$1') ?? single ?? all),
    )
    .join('')
}
