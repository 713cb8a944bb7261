import {existsSync} from 'node:fs'
import path from 'node:path'
import {usageError} from '../config/usage-error.ts'
import {locate} from '../files/locate.ts'
import type {WriteOutcome} from '../files/outcome.ts'
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
export class BaselineFile<Entry> {
  /** As it is named, for people. */
  readonly name: string
  readonly #cwd: string
  readonly #file: string
  readonly #format: BaselineFormat<Entry>

  constructor(name: string, cwd: string, format: BaselineFormat<Entry>) {
    this.name = name
    this.#cwd = cwd
    this.#file = path.resolve(cwd, name)
    this.#format = format
  }

  keyOf(file: string): string {
    const folder = path.dirname(this.#file)
    return path.relative(folder, path.resolve(this.#cwd, file)).replaceAll(path.sep, '/')
  }

  /** Whether the file of an entry is there. */
  isThere(key: string): boolean {
    return existsSync(path.resolve(path.dirname(this.#file), key))
  }

  /**
   * Its entries, none of a file that may be missing. Throws a usage error for one that cannot be
   * read, or is not there and has to be.
   */
  read(mayBeMissing: boolean): ReadonlyMap<string, Entry> {
    return this.#readOld(mayBeMissing)?.entries ?? new Map()
  }

  /**
   * Write what is now the case; files that this run did not look at keep their entries while they
   * exist. What another run has put in between is read and kept as well. Rejects with a usage
   * error.
   */
  async update(now: ReadonlyMap<string, Entry | undefined>): Promise<void> {
    await uninterrupted(async () => {
      const its = writer()
      for (let tries = 0; tries < mostTries; tries++) {
        const old = this.#readOld(true)
        const outcome = put(its, this.#file, old?.text, this.#updated(old, now))
        if (outcome.state === 'written') return
        if (outcome.state === 'refused') throw this.#fault(outcome.reason)
      }
      throw this.#fault('Not written: other runs keep writing it')
    })
  }

  #readOld(mayBeMissing: boolean): Old<Entry> | undefined {
    if (!existsSync(this.#file)) {
      if (mayBeMissing) return undefined
      throw this.#fault('No such file, expected one that `--update-baseline` has written')
    }
    const read = readText(this.#file)
    if ('fault' in read) throw this.#fault(read.fault)
    let value: unknown
    try {
      value = JSON.parse(read.text)
    } catch (error) {
      throw this.#fault(
        `Expected JSON: ${error instanceof Error ? error.message : String(error)}`,
        error,
      )
    }
    const entries = this.#format.entriesOf(value)
    if ('fault' in entries) throw this.#fault(entries.fault)
    return {text: read.text, value, entries}
  }

  /** The text with what is now the case. */
  #updated(old: Old<Entry> | undefined, now: ReadonlyMap<string, Entry | undefined>): string {
    const kept = [...(old?.entries ?? [])].filter(([key]) => !now.has(key) && this.isThere(key))
    const added = [...now].flatMap(([key, entry]) =>
      entry === undefined ? [] : [[key, entry] as const],
    )
    const entries = new Map(
      [...kept, ...added].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    )
    return `${JSON.stringify(this.#format.valueOf(entries, old?.value), undefined, 2)}\n`
  }

  #fault(message: string, cause?: unknown): Error {
    return usageError(this.#format.option, `${pastable(this.name)}: ${message}`, cause)
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

function put(its: Writer, file: string, before: string | undefined, after: string): WriteOutcome {
  const found = locate(file, {cwd: '/'})
  if ('fault' in found) return {state: 'refused', reason: found.fault}
  if (!existsSync(path.dirname(found.path))) return {state: 'refused', reason: 'No such folder'}
  return before === undefined
    ? its.create(found.path, after)
    : its.replace(found.path, before, after)
}
