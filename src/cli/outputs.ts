import {Buffer} from 'node:buffer'
import {fstatSync, statSync, writeSync} from 'node:fs'
import process from 'node:process'
import {codeOf, reasonOfFile} from '../files/fault.ts'
import type {Output} from './io.ts'

/** Where a process writes to. */
export interface Outputs {
  readonly stdout: Output
  readonly stderr: Output
  /** Wait until all is written. */
  readonly flush: () => Promise<void>
  /** Why something could not be written, in lines, so far. */
  readonly faults: ReadonlySet<string>
}

/**
 * Standard output and standard error of this process. What cannot be written makes it end with
 * status 2, but for one case: a reader that has seen enough, such as `head`, closes its end; what
 * else we write is lost, and the status stays true.
 *
 * Node's streams take a while to be loaded: terminals have them, and whatever takes nothing for a
 * moment.
 */
export function outputs(): Outputs {
  const faults = new Set<string>()
  const streams = new Set<NodeJS.WriteStream>()
  const output = (
    name: string,
    descriptor: number,
    made: () => NodeJS.WriteStream,
  ): (() => Output) => {
    const note = (error: unknown): void => {
      if (isReaderGone(error)) return
      faults.add(`unitlint: ${name} cannot be written: ${reasonOfFile(error)}`)
      process.exitCode = 2
    }
    const stream = (): NodeJS.WriteStream => {
      const its = made()
      if (!streams.has(its)) its.on('error', note)
      streams.add(its)
      return its
    }
    let known: Output | undefined
    return () =>
      (known ??= isWrittenAtOnce(descriptor) ? atOnce(descriptor, stream, note) : stream())
  }
  const [stdout, stderr] = [
    output('Standard output', 1, () => process.stdout),
    output('Standard error', 2, () => process.stderr),
  ]
  return {
    get stdout() {
      return stdout()
    },
    get stderr() {
      return stderr()
    },
    async flush() {
      for (const stream of streams)
        if (stream.writableLength > 0)
          await new Promise<void>((resolve) => stream.write('', () => resolve()))
    },
    faults,
  }
}

function isReaderGone(error: unknown): boolean {
  return codeOf(error) === 'EPIPE' || codeOf(error) === 'ERR_STREAM_DESTROYED'
}

/**
 * Writes all of it before anything else happens, as Node does with files and pipes (process, "A
 * note on process I/O"); but Node takes a file for written whole when the first part of it was. A
 * pipe that others have set up not to wait has the stream from then on.
 */
function atOnce(
  descriptor: number,
  stream: () => NodeJS.WriteStream,
  fail: (error: unknown) => void,
): Output {
  let next: NodeJS.WriteStream | 'nothing' | undefined
  /** Returns what could not be written. */
  const put = (bytes: Uint8Array): Uint8Array => {
    let rest = bytes
    try {
      while (rest.length > 0) {
        const written = writeSync(descriptor, rest)
        if (written === 0) throw new Error('No more can be written')
        rest = rest.subarray(written)
      }
    } catch (error) {
      next = codeOf(error) === 'EAGAIN' ? stream() : 'nothing'
      if (next === 'nothing') fail(error)
    }
    return rest
  }
  return {
    write(data, done) {
      const bytes = typeof data === 'string' ? Buffer.from(data) : data
      const rest = next === undefined ? put(bytes) : bytes
      if (next === undefined || next === 'nothing') done?.()
      else next.write(rest, done)
    },
  }
}

/** Whether it is a file, a pipe or nothing, and no terminal; Windows has pipes of its own. */
function isWrittenAtOnce(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  if (stats.isFile()) return true
  if (stats.isFIFO() || stats.isSocket()) return process.platform !== 'win32'
  if (!stats.isCharacterDevice()) return false
  // What tells terminals loads the streams.
  return (
    stats.rdev === statSync('/dev/null', {throwIfNoEntry: false})?.rdev ||
    !process.getBuiltinModule('node:tty').isatty(descriptor)
  )
}
