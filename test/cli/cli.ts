import {Writable} from 'node:stream'
import {run} from '../../src/cli/run.ts'

/** What a run printed and returned. */
export interface Result {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The world around a run. */
export interface World {
  readonly cwd: string
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Standard output and error are terminals, and standard input if there is any. */
  readonly isTTY?: boolean
  /** Where it is not told, no time passes. */
  readonly now?: () => number
  /** Milliseconds since 1970. */
  readonly date?: () => number
}

/** Run a command line in this process. */
export async function cli(
  argv: readonly string[],
  {
    cwd,
    stdin = '',
    env = {},
    isTTY = false,
    now = () => 0,
    date = () => Date.UTC(2026, 11, 1),
  }: World,
): Promise<Result> {
  const [stdout, stderr] = [collector(isTTY), collector(isTTY)]
  const status = await run(argv, {
    cwd,
    env,
    stdin: Object.assign(chunks(stdin), {isTTY: isTTY && stdin !== ''}),
    stdout: stdout.stream,
    stderr: stderr.stream,
    now,
    date,
  })
  return {status, stdout: stdout.text(), stderr: stderr.text()}
}

async function* chunks(data: string | Uint8Array): AsyncGenerator<string | Uint8Array> {
  yield data
}

function collector(isTTY: boolean): {stream: Writable & {isTTY: boolean}; text: () => string} {
  const parts: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk)
      done()
    },
  })
  return {stream: Object.assign(stream, {isTTY}), text: () => Buffer.concat(parts).toString('utf8')}
}
