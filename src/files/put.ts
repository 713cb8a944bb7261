import {Buffer} from 'node:buffer'
import {closeSync, openSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {encode} from '../syntax/bytes.ts'
import {reasonOfFile} from './fault.ts'
import {locate} from './locate.ts'
import {writeBytes} from './write-bytes.ts'
import {writer} from './writer.ts'
import type {WriteOutcome} from './outcome.ts'

/**
 * Put a text where somebody wants it, whatever is there: all of it or nothing, where that is a file
 * that another can take the place of. Pipes and devices are written to, and so is a file that only
 * its text can be changed of, as one in a folder of somebody else.
 *
 * Returns why it could not, in words.
 */
export function putText(file: string, text: string): string | undefined {
  try {
    const stats = statSync(file, {throwIfNoEntry: false})
    if (!stats) return reasonOf(putWhole(file, text, true))
    if (stats.isDirectory()) return 'Folder, expected a file'
    const outcome = isReplaceable(file, stats) ? putWhole(file, text, false) : undefined
    if (outcome && !(outcome.state === 'refused' && onlyText.has(outcome.code ?? '')))
      return reasonOf(outcome)
    overwrite(file, text)
    return undefined
  } catch (error) {
    return reasonOfFile(error)
  }
}

/**
 * What systems say of a file that no other can take the place of: its folder is not ours, or it is
 * mounted by itself.
 */
const onlyText: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EBUSY', 'EROFS', 'EXDEV'])

/** What is open under a number already, as `/dev/stdout` is, stays the file that it is. */
function isReplaceable(file: string, stats: Stats): boolean {
  const user = process.getuid?.() ?? 0
  return (
    stats.isFile() &&
    (user === 0 || user === stats.uid) &&
    !/^\/(?:dev|proc)\//.test(path.resolve(file))
  )
}

function putWhole(file: string, text: string, isNew: boolean): WriteOutcome {
  const found = locate(file, {cwd: '/'})
  if ('fault' in found) return {state: 'refused', reason: found.fault}
  return isNew ? writer().create(found.path, text) : writer().replace(found.path, undefined, text)
}

function reasonOf(outcome: WriteOutcome): string | undefined {
  if (outcome.state === 'changed') return 'Somebody else has written it just now'
  return outcome.state === 'refused' ? outcome.reason : undefined
}

function overwrite(file: string, text: string): void {
  const descriptor = openSync(file, 'w')
  try {
    writeBytes(descriptor, Buffer.from(encode(text)))
  } finally {
    closeSync(descriptor)
  }
}
