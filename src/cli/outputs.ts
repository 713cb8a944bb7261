import {fstatSync} from 'node:fs'
import process from 'node:process'
import {Writable} from 'node:stream'
import tty from 'node:tty'
import {codeOf, reasonOfFile} from '../files/fault.ts'
import {writeBytes} from '../files/write-bytes.ts'
import type {Output} from './io.ts'

/** Where a process writes to. */
export interface Outputs {
  readonly stdout: Output
  readonly stderr: Output
  /** Those of the two that have been asked for: it takes a while to make one. */
  readonly used: () => readonly Output[]
  /** Why something could not be written, in lines, so far. */
  readonly faults: ReadonlySet<string>
}

/**
 * Standard output and standard error of this process. What cannot be written makes it end with status 2, but for one case: a reader that has
 * seen enough, such as `head`, closes its end; what else we write is lost, and the status stays true.
 */
export function outputs(): Outputs {
  const faults = new Set<string>()
  const watch = (stream: Output, name: string): Output =>
    stream.on('error', (error) => {
      if (isReaderGone(error)) return
      faults.add(`unitlint: ${name} cannot be written: ${reasonOfFile(error)}`)
      process.exitCode = 2
    })
  const made = new Map<number, Output>()
  const use = (descriptor: 1 | 2, make: () => Output): Output => {
    const stream = made.get(descriptor) ?? make()
    made.set(descriptor, stream)
    return stream
  }
  return {
    get stdout() {
      return use(1, () => watch(isFile(1) ? fileOutput(1) : process.stdout, 'Standard output'))
    },
    get stderr() {
      return use(2, () => watch(isFile(2) ? fileOutput(2) : process.stderr, 'Standard error'))
    },
    used: () => [...made.values()],
    faults,
  }
}

function isReaderGone(error: unknown): boolean {
  return codeOf(error) === 'EPIPE' || codeOf(error) === 'ERR_STREAM_DESTROYED'
}

/** Node takes it for written whole when the first part of it was. */
function fileOutput(descriptor: number): Output {
  return new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      try {
        writeBytes(descriptor, chunk)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}

function isFile(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  return stats.isFile() || (stats.isCharacterDevice() && !tty.isatty(descriptor))
}
