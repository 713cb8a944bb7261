import {Buffer} from 'node:buffer'

/** A line is cut there; none that tells something is as long. */
const longest = 1 << 20

/**
 * The lines of a log, as they come; what is kept of a log without line ends does not grow with it.
 */
export async function* logLines(chunks: AsyncIterable<Uint8Array | string>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let begun = ''
  for await (const chunk of chunks) {
    const text =
      begun + decoder.decode(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, {stream: true})
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield text.slice(start, end)
      start = end + 1
    }
    begun = text.slice(start, start + longest)
  }
  if (begun !== '') yield begun
}
