import type {NewLine} from '../engine/anchors.ts'
import {reopened} from '../engine/write/notes.ts'

/** A line that is left out, with the reason. */
export interface LeftOut {
  readonly line: string
  /** A clause: "the check failed with it". */
  readonly because: string
}

/** A text of lines for `[Service]`, each line that is left out as a comment before them. */
export function serviceLines(
  lines: readonly NewLine[],
  left: readonly LeftOut[],
  date: string,
): string {
  const comments = left.map(({line, because}) => `# left out: ${line}: ${because} (try, ${date})\n`)
  return [...comments, ...lines.map(([key, value]) => `${key}=${value}\n`)].join('')
}

/**
 * A drop-in with such lines, below the text of one that is there; `opening` is its first line from
 * then on, undefined where that stays.
 */
export function dropInText(
  lines: readonly NewLine[],
  left: readonly LeftOut[],
  {
    date,
    opening,
    before,
  }: {readonly date: string; readonly opening: string | undefined; readonly before: string},
): string {
  const old = before.split('\n')
  const fresh = left.filter(
    ({line, because}) =>
      !old.some((known) => known.startsWith(`# left out: ${line}: ${because} (`)),
  )
  const head =
    before === ''
      ? `${opening ?? ''}\n`
      : (opening === undefined ? before : reopened(before, opening)).replace(/\n?$/, '\n\n')
  return `${head}[Service]\n${serviceLines(lines, fresh, date)}`
}

/** The name of the drop-in that is there while lines are tried: behind that which stays. */
export const trialName = '50-unitlint.try.conf'

/** What stands in it besides, so that a failing start does nothing but fail. */
export function trialText(lines: readonly NewLine[]): string {
  const quiet = [
    '[Unit]',
    'FailureAction=none',
    'SuccessAction=none',
    'StartLimitAction=none',
    '',
    '[Service]',
    'Restart=no',
  ]
  return `# Written by \`unitlint try\`, which takes it away again.\n${[...quiet, ...lines.map(([key, value]) => `${key}=${value}`)].join('\n')}\n`
}
