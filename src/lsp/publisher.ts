import {createHash} from 'node:crypto'
import type {Connection, Diagnostic} from 'vscode-languageserver'
import {messageOf} from '../rule/thrown.ts'
import {diagnostics} from './answers/diagnostics.ts'
import type {Desk} from './desk.ts'
import type {Document} from './document.ts'
import type {Pages} from './pages.ts'

/**
 * How long nothing must be typed before what is wrong is told, in milliseconds, and how long it may
 * be put off.
 */
const [pause, most] = [60, 400]
/** The same for documents that were not touched themselves. */
const pauseOfOthers = 300

/**
 * Tells a client what is wrong in the documents that are open, once it has stopped typing for a
 * moment.
 */
export class Publisher {
  /** Whether the client waits to be told, and does not ask. */
  isPushing = true
  readonly #connection: Connection
  readonly #desk: Desk
  readonly #pages: Pages
  readonly #note: (line: string) => void
  readonly #timers = new Map<string, {timer: NodeJS.Timeout; since: number}>()
  #others: NodeJS.Timeout | undefined
  #isEnded = false

  constructor(connection: Connection, desk: Desk, pages: Pages, note: (line: string) => void) {
    this.#connection = connection
    this.#desk = desk
    this.#pages = pages
    this.#note = note
  }

  /** A document is another; its neighbours may have something else to say, too. */
  soon(uri: string): void {
    if (!this.isPushing || this.#isEnded) return
    this.#put(uri)
    clearTimeout(this.#others)
    this.#others = setTimeout(() => {
      for (const its of this.#desk.documents) if (its.uri !== uri) void this.#publish(its.uri)
    }, pauseOfOthers)
  }

  /** Anything may be another. */
  again(): void {
    if (this.#isEnded) return
    if (this.isPushing) for (const its of this.#desk.documents) this.#put(its.uri)
    else void this.#connection.languages.diagnostics.refresh().then(undefined, () => undefined)
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri)?.timer)
    this.#timers.delete(uri)
    if (this.isPushing) void this.#connection.sendDiagnostics({uri, diagnostics: []})
  }

  end(): void {
    this.#isEnded = true
    for (const {timer} of this.#timers.values()) clearTimeout(timer)
    clearTimeout(this.#others)
  }

  /** What is wrong in a document; what was wrong with its config is told apart. */
  async of(its: Document): Promise<readonly Diagnostic[]> {
    const space = await this.#desk.spaceOf(its.path)
    for (const line of space.scene.faults) this.#note(line)
    return diagnostics(space, its, this.#pages)
  }

  #put(uri: string): void {
    const now = performance.now()
    const waiting = this.#timers.get(uri)
    clearTimeout(waiting?.timer)
    const since = waiting?.since ?? now
    const wait = Math.max(0, Math.min(pause, since + most - now))
    const timer = setTimeout(() => {
      this.#timers.delete(uri)
      void this.#publish(uri)
    }, wait)
    this.#timers.set(uri, {timer, since})
  }

  async #publish(uri: string): Promise<void> {
    const its = this.#desk.document(uri)
    if (!its || this.#isEnded) return
    try {
      const found = await this.of(its)
      const now = this.#desk.document(uri)
      // What is closed is told of no more, and what was typed meanwhile is told when it is judged.
      if (now !== its) return
      await this.#connection.sendDiagnostics({
        uri,
        ...(its.version === null ? {} : {version: its.version}),
        diagnostics: [...found],
      })
    } catch (error) {
      this.#connection.console.error(`A fault of unitlint: ${messageOf(error)}`)
    }
  }
}

/** The name of an answer, by which a client says that it has it. */
export function answerId(found: readonly unknown[]): string {
  return createHash('sha1').update(JSON.stringify(found)).digest('hex')
}
