import type {Diagnosis} from '../../doctor/diagnosis.ts'
import {shortly} from '../../doctor/quote.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {relativePath} from '../../reporters/relative-path.ts'
import {wrap} from '../../reporters/wrap.ts'

/** More are hardly ever to blame. */
const shown = 3

/**
 * A report for people, in lines: each cause with its place, what the log says of it, and what to
 * give back.
 */
export function shownReport(
  {unit, symptoms, causes}: Diagnosis,
  {cwd, width, asked}: {readonly cwd: string; readonly width: number; readonly asked: string},
): string[] {
  const indented = (text: string): string[] =>
    wrap(printable(text), width - 2).map((line) => `  ${line}`)
  const told = causes
    .slice(0, shown)
    .flatMap(({directive, value, filePath, line, why, message, fix}, index) => [
      ...(index === 0 ? [] : ['']),
      `${pastable(relativePath(filePath, cwd).path)}:${line}: ${printable(`${directive}=${shortly(value)}`)}`,
      ...indented(`Why: ${why}`),
      ...indented(`Log: ${shortly(message)}`),
      ...(fix
        ? indented(`Remedy: ${fix.title.replace(/^\w/, (letter) => letter.toLowerCase())}`)
        : []),
      ...indented(`More: unitlint why-not ${directive} ${pastable(asked)}`),
    ])
  if (causes.length > 0) return [...told, '', closing(causes.length)]
  if (symptoms.length === 0) return [`${printable(unit)}: the log tells of nothing that was denied`]
  return [
    `${printable(unit)}: nothing that is in force denies what failed`,
    ...symptoms.slice(0, shown).flatMap(({message}) => indented(`Log: ${shortly(message)}`)),
  ]
}

function closing(count: number): string {
  if (count === 1) return 'One line is to blame'
  return count > shown
    ? `${count} lines may be to blame, the likeliest ${shown} are shown`
    : `${count} lines may be to blame, the likeliest first`
}
