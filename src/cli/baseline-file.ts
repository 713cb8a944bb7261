import {existsSync} from 'node:fs'
import path from 'node:path'
import {usageError} from '../config/usage-error.ts'
import {locate} from '../files/locate.ts'
import type {Outcome} from '../files/outcome.ts'
import {readText} from '../files/read.ts'
import {writer} from '../files/writer.ts'
import type {Writer} from '../files/writer.ts'
import {pastable} from '../reporters/printable.ts'
import {uninterrupted} from './uninterrupted.ts'

/** How a baseline stands in its file, which is JSON. */
export interface BaselineFormat<Entry> {
  /** The option that names the file. */
  readonly option: string
  /** The entries in a value; or what is wrong with it, in words. */
  readonly entriesOf: (value: unknown) => ReadonlyMap<string, Entry> | {readonly fault: string}
  /** The value that has these entries, in their order, in the place of one that had others. */
  readonly valueOf: (entries: ReadonlyMap<string, Entry>, before: unknown) => unknown
}

/** What is known of files already, by their paths from the folder that the baseline is in. */
export interface BaselineFile<Entry> {
  /** As it is named, for people. */
  readonly name: string
  keyOf(file: string): string
  /** Whether the file of an entry is there. */
  isThere(key: string): boolean
  /**
   * Its entries, none of a file that may be missing. Throws a usage error for one that cannot be
   * read, or is not there and has to be.
   */
  read(mayBeMissing: boolean): ReadonlyMap<string, Entry>
  /**
   * Write what is now the case; files that this run did not look at keep their entries while they
   * exist. What another run has put in between is read and kept as well. Rejects with a usage
   * error.
   */
  update(now: ReadonlyMap<string, Entry | undefined>): Promise<void>
}

/** The baseline in a file. */
export function baselineFile<Entry>(
  name: string,
  cwd: string,
  {option, entriesOf, valueOf}: BaselineFormat<Entry>,
): BaselineFile<Entry> {
  const file = path.resolve(cwd, name)
  const folder = path.dirname(file)
  const isThere = (key: string): boolean => existsSync(path.resolve(folder, key))
  const fault = (message: string, cause?: unknown): Error =>
    usageError(option, `${pastable(name)}: ${message}`, cause)
  const readOld = (mayBeMissing: boolean): Old<Entry> | undefined => {
    if (!existsSync(file)) {
      if (mayBeMissing) return undefined
      throw fault('No such file, expected one that `--update-baseline` has written')
    }
    const read = readText(file)
    if ('fault' in read) throw fault(read.fault)
    let value: unknown
    try {
      value = JSON.parse(read.text)
    } catch (error) {
      throw fault(`Expected JSON: ${error instanceof Error ? error.message : String(error)}`, error)
    }
    const entries = entriesOf(value)
    if ('fault' in entries) throw fault(entries.fault)
    return {text: read.text, value, entries}
  }
  return {
    name,
    keyOf: (unit) => path.relative(folder, path.resolve(cwd, unit)).replaceAll(path.sep, '/'),
    isThere,
    read: (mayBeMissing) => readOld(mayBeMissing)?.entries ?? new Map(),
    async update(now) {
      await uninterrupted(async () => {
        const its = writer()
        for (let tries = 0; tries < mostTries; tries++) {
          const old = readOld(true)
          const kept = [...(old?.entries ?? [])].filter(([key]) => !now.has(key) && isThere(key))
          const added = [...now].flatMap(([key, entry]) =>
            entry === undefined ? [] : [[key, entry] as const],
          )
          const entries = new Map(
            [...kept, ...added].toSorted(([one], [other]) => (one < other ? -1 : 1)),
          )
          const outcome = put(
            its,
            file,
            old?.text,
            `${JSON.stringify(valueOf(entries, old?.value), undefined, 2)}\n`,
          )
          if (outcome.state === 'written') return
          if (outcome.state === 'refused') throw fault(outcome.reason)
        }
        throw fault('Not written: other runs keep writing it')
      })
    },
  }
}

/** A baseline as it was read. */
interface Old<Entry> {
  readonly text: string
  readonly value: unknown
  readonly entries: ReadonlyMap<string, Entry>
}

/** The most runs that update one baseline at once, and then some. */
const mostTries = 100

function put(its: Writer, file: string, before: string | undefined, after: string): Outcome {
  const found = locate(file, {cwd: '/'})
  if ('fault' in found) return {state: 'refused', reason: found.fault}
  if (!existsSync(path.dirname(found.path))) return {state: 'refused', reason: 'No such folder'}
  return before === undefined
    ? its.create(found.path, after)
    : its.replace(found.path, before, after)
}
