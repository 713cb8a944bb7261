import type {NewLine} from '../engine/operations.ts'

/** A line that is left out, with the reason. */
export interface LeftOut {
  readonly line: string
  /** A clause: "the check failed with it". */
  readonly because: string
}

/** A text of lines for `[Service]`, each line that is left out as a comment before them. */
export function serviceLines(lines: readonly NewLine[], left: readonly LeftOut[], date: string): string {
  const comments = left.map(({line, because}) => `# left out: ${line}: ${because} (try, ${date})\n`)
  return [...comments, ...lines.map(([key, value]) => `${key}=${value}\n`)].join('')
}

/** A drop-in with such lines, below the text of one that is there. */
export function dropInText(
  lines: readonly NewLine[],
  left: readonly LeftOut[],
  {date, before = ''}: {readonly date: string; readonly before?: string},
): string {
  const opening = before === '' ? '# Written by `unitlint try`. Removing this file undoes it all.\n' : before.replace(/\n?$/, '\n\n')
  const old = new Set(before.split('\n'))
  const fresh = left.filter(({line, because}) => ![...old].some((known) => known.startsWith(`# left out: ${line}: ${because} (`)))
  return `${opening}[Service]\n${serviceLines(lines, fresh, date)}`
}

/** The name of the drop-in that is there while lines are tried: behind that which stays. */
export const trialName = '50-unitlint.try.conf'

/** What stands in it besides, so that a failing start does nothing but fail. */
export function trialText(lines: readonly NewLine[]): string {
  const quiet = ['[Unit]', 'FailureAction=none', 'SuccessAction=none', 'StartLimitAction=none', '', '[Service]', 'Restart=no']
  return `# Written by \`unitlint try\`, which takes it away again.\n${[...quiet, ...lines.map(([key, value]) => `${key}=${value}`)].join('\n')}\n`
}
