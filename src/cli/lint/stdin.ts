import {Buffer} from 'node:buffer'
import {decode} from '../../syntax/bytes.ts'
import type {Io} from '../io.ts'

/** All of standard input as text, bytes that are not UTF-8 kept; see `decode`. */
export async function readStdin({stdin}: Io): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return decode(Buffer.concat(chunks))
}
