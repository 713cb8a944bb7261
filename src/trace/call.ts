import type {AccessId} from '../facts/accesses.ts'
import {argumentsIn, descriptorOf, numberOf, pathOf, stringOf} from './arguments.ts'
import type {TracedFacts} from './facts.ts'
import {isPowerful} from './process.ts'
import type {Process} from './process.ts'

/** A call that is over, with whoever made it. */
export class Call {
  readonly name: string
  readonly process: Process
  readonly facts: TracedFacts
  /** The name of the error; empty where there was none. */
  readonly error: string
  readonly result: string
  /** Tells of a process number whether it belongs to the same service, and as whom it runs. */
  readonly fellow: (pid: number) => Process | undefined
  readonly #text: string
  #arguments: readonly string[] | undefined

  constructor(
    name: string,
    text: string,
    {result, error}: {readonly result: string; readonly error: string},
    process: Process,
    fellow: Call['fellow'],
  ) {
    this.name = name
    this.#text = text
    this.result = result
    this.error = error
    this.process = process
    this.facts = process.group.top.facts
    this.fellow = fellow
  }

  /** All arguments as they are written. */
  get text(): string {
    return this.#text
  }

  get arguments(): readonly string[] {
    return (this.#arguments ??= argumentsIn(this.#text))
  }

  /** Whether it was done. */
  get isDone(): boolean {
    return this.error === ''
  }

  /** Whether nothing but a right was missing. */
  get isDenied(): boolean {
    return this.error === 'EPERM' || this.error === 'EACCES'
  }

  /** Whether it takes the powers of root to have done it. */
  get isPowerful(): boolean {
    return isPowerful(this.process)
  }

  at(index: number): string | undefined {
    return this.arguments[index]
  }

  number(index: number): number | undefined {
    return numberOf(this.arguments[index])
  }

  /** What it did takes an access; where it was denied, it was in vain. */
  note(access: AccessId, clause: string): void {
    if (this.isDenied) this.facts.try(access, clause)
    else this.facts.note(access, clause)
  }

  /** The same for what only root may do. */
  power(access: AccessId, clause: string): void {
    if (this.isDenied) this.facts.try(access, clause)
    else if (this.isPowerful) this.facts.note(access, clause)
  }

  /**
   * The path of an argument, from the root of the system; `folder` is the index of the descriptor
   * that it is relative to. Undefined where nobody can know.
   */
  path(index: number, folder?: number): string | undefined {
    const named = stringOf(this.arguments[index])
    if (named === undefined) return undefined
    if (named.startsWith('/')) return plainPath(this.process.root + named)
    const its = folder === undefined ? undefined : descriptorOf(this.arguments[folder])
    if (its && named === '') return pathOf(its)
    const noted = its && pathOf(its)
    const base =
      noted ??
      (its?.number === undefined ? this.process.folder : this.process.opened.get(its.number)?.path)
    return base === undefined ? undefined : plainPath(`${base}/${named}`)
  }

  /** The path of the descriptor that the call is about, its first argument. */
  descriptor(): string | undefined {
    const its = descriptorOf(this.arguments[0])
    return (
      pathOf(its) ??
      (its.number === undefined ? undefined : this.process.opened.get(its.number)?.path)
    )
  }
}

/** A path without dots and doubled slashes. */
export function plainPath(path: string): string {
  if (!/\/(?:\.{0,2}(?:\/|$))/.test(path)) return path.slice(0, longest)
  const parts: string[] = []
  for (const part of path.slice(0, longest).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

const longest = 4096

/** Takes in what a call tells. */
export type CallHandler = (call: Call) => void
