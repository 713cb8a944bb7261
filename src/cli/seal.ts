import {createHash} from 'node:crypto'
import {openingStart} from '../engine/write/notes.ts'
import {version} from './version.ts'

const blank = '0'.repeat(12)

/** The first line of a drop-in, of which the seal is still to come. */
export function openingOf(date: number): string {
  return `${openingStart}${version} on ${new Date(date).toISOString().slice(0, 10)}; \`unitlint --undo\`, or removing this file, undoes it all. [${blank}]`
}

/**
 * A drop-in under whose first line stands what this program has written there, as the seal in that
 * line tells from then on.
 */
export function sealed(text: string): string {
  const [first = ''] = text.split('\n', 1)
  return isOpening(first) && first.includes(`[${blank}]`)
    ? first.replace(`[${blank}]`, `[${sealOf(text)}]`) + text.slice(first.length)
    : text
}

/**
 * Whether a text is a drop-in that this program has written and nobody has changed since;
 * undefined: it is none of its own.
 */
export function isIntact(text: string): boolean | undefined {
  const [first = ''] = text.split('\n', 1)
  if (!isOpening(first)) return undefined
  const its = /\[([0-9a-f]{12})\]\r?$/.exec(first)?.[1] ?? ''
  return sealOf(first.replace(`[${its}]`, `[${blank}]`) + text.slice(first.length)) === its
}

function isOpening(line: string): boolean {
  return line.startsWith(openingStart) && /\[[0-9a-f]{12}\]\r?$/.test(line)
}

function sealOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, blank.length)
}

/**
 * Now, or the time that reproducible builds are told (reproducible-builds.org, SOURCE_DATE_EPOCH),
 * in milliseconds.
 */
export function dateOf({
  env,
  date,
}: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly date: () => number
}): number {
  const epoch = env['SOURCE_DATE_EPOCH']
  return epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1000 : date()
}
