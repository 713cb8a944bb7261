import {Buffer} from 'node:buffer'
import {Transform} from 'node:stream'
import type {TransformCallback} from 'node:stream'

/** More than any message has: a longer one is a length that is wrong. */
const mostBytes = 256 * 1024 * 1024

/** Headers are a line or two. */
const mostHeader = 4096

/**
 * Lets messages through that are framed as LSP has it ("Base Protocol"): headers, an empty line,
 * and as many bytes as they say. What is not is told, and passed over up to the next header.
 */
export class Frames extends Transform {
  readonly #tell: (line: string) => void
  #kept: Buffer = Buffer.alloc(0)
  /** Bytes of a message that are still to come. */
  #left = 0
  #isTold = false

  constructor(tell: (line: string) => void) {
    super()
    this.#tell = tell
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    let rest: Buffer = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk])
    while (rest.length > 0) {
      if (this.#left > 0) {
        const body = rest.subarray(0, this.#left)
        this.push(body)
        this.#left -= body.length
        rest = rest.subarray(body.length)
        continue
      }
      const end = rest.indexOf('\r\n\r\n')
      if (end === -1 && rest.length <= mostHeader) break
      const header = rest.subarray(0, end === -1 ? mostHeader : end).toString('latin1')
      const length = end === -1 ? undefined : lengthIn(header)
      if (length === undefined) {
        this.#pass(header)
        // The next one may begin within what was taken for this one.
        const next = rest.indexOf('Content-Length:', 1)
        rest =
          next === -1
            ? rest.subarray(Math.max(end === -1 ? mostHeader : end + 4, 1))
            : rest.subarray(next)
        continue
      }
      this.#isTold = false
      this.push(Buffer.from(`Content-Length: ${length}\r\n\r\n`))
      this.#left = length
      rest = rest.subarray(end + 4)
    }
    this.#kept = Buffer.from(rest)
    done()
  }

  #pass(header: string): void {
    if (!this.#isTold)
      this.#tell(
        `Unexpected header \`${header.slice(0, 40).replaceAll(/[^ -~]/g, '?')}\`, expected \`Content-Length: N\``,
      )
    this.#isTold = true
  }
}

/** The length that headers give; undefined for what are none. */
function lengthIn(header: string): number | undefined {
  const lines = header.split('\r\n')
  if (!lines.every((line) => /^[A-Za-z-]+: *[ -~]*$/.test(line))) return undefined
  const [, digits] = /^Content-Length: *(\d+) *$/im.exec(header) ?? []
  const length = Number(digits)
  return digits !== undefined && length > 0 && length <= mostBytes ? length : undefined
}
