import {inert, printable} from '../reporters/printable.ts'

/** Takes what is written; may be a terminal. */
export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  /** Write, and call back when it is written, or can never be. */
  readonly write: (data: string | Uint8Array, done?: () => void) => unknown
}

/** What a command has of the process that runs it. */
export interface Io {
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: Output
  readonly stderr: Output
  /** Milliseconds, from whenever. */
  readonly now: () => number
  /** Milliseconds since 1970. */
  readonly date: () => number
}

/** Write, and wait until it is written. A reader that has gone away is no fault of ours. */
export async function write(stream: Output, data: string | Uint8Array): Promise<void> {
  if (data.length === 0) return
  await new Promise<void>((resolve) => stream.write(data, () => resolve()))
}

/** Write lines for people, of printable text. */
export async function writeLine(stream: Output, line: string): Promise<void> {
  await write(stream, `${inert(line)}\n`)
}

/** Tell people something beside the output, which may quote anything. */
export async function tellAll({stderr}: Io, lines: Iterable<string>): Promise<void> {
  for (const line of lines) await writeLine(stderr, printable(line))
}

/**
 * Whether to colour what goes to a stream: what the option says, else FORCE_COLOR, else NO_COLOR,
 * else whether it is a terminal.
 */
export function usesColor(
  stream: Output,
  {FORCE_COLOR: force, NO_COLOR: no, TERM: terminal}: Io['env'],
  option: boolean | undefined,
): boolean {
  if (option !== undefined) return option
  if (force !== undefined) return force !== '0' && force !== 'false'
  return !no && stream.isTTY === true && terminal !== 'dumb'
}

/** The width to wrap text for people at: the terminal's, within reason. */
export function wrapWidth({columns}: Output): number {
  return Math.min(Math.max(columns ?? 100, 40), 100)
}
