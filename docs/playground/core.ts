import type {Answer, Question} from './answers.ts'
import type {Known} from './hover.ts'
import type {Asked, Given, Told} from './messages.ts'
import {textOf} from './scripts.ts'
import {urlOf} from './url.ts'

/** How long a question may take, and one to which a rule is asked that was typed. */
const mostTime = 30_000
const mostTimeOfRule = 5000

/** More often than there are parts. */
const mostTries = 20

type Body = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never

/** Why there is no answer: it took too long, or the worker is gone for another reason. */
type None = 'late' | 'gone'

/**
 * The core of unitlint, in a worker of its own: what never ends there is ended, and the page goes
 * on.
 *
 * Its parts come when it first needs them, or before: it is given all that the page has.
 */
export class Core {
  #worker: Worker | undefined
  #next = 0
  readonly #waiting = new Map<number, (told: Told | None) => void>()
  readonly #parts = new Map<string, string>()
  /** The rule that the worker has run, which may have changed anything there. */
  #ran: string | undefined
  /** The rule that had to be ended: it is not run again. */
  #ended: string | undefined
  /** How much was too much to be judged in time: that much is not tried at each letter. */
  #tooMuch = Infinity

  async judge(
    question: Question,
    wanted: string | undefined,
  ): Promise<{answer: Answer; ruleFault: string | undefined}> {
    if (weight(question) >= this.#tooMuch) throw new TooMuch()
    const rule = wanted === this.#ended ? undefined : wanted
    if (this.#ran !== undefined && this.#ran !== rule) this.#end('gone')
    this.#ran = rule
    const told = await this.#ask({kind: 'judge', question, rule})
    if (told === 'late' && rule !== undefined) {
      // The rule is what may not end; without it all is well.
      this.#ended = rule
      return this.judge(question, rule)
    }
    if (typeof told === 'object' && told.kind === 'judge')
      return wanted === rule
        ? told
        : {
            ...told,
            ruleFault: `The rule was stopped: it took more than ${mostTimeOfRule / 1000} seconds`,
          }
    if (typeof told === 'object')
      throw new Error(told.kind === 'fault' ? told.message : 'Expected an answer')
    this.#tooMuch = weight(question)
    throw new TooMuch()
  }

  /** Try what was too much once more. */
  tryAgain(): void {
    this.#tooMuch = Infinity
  }

  async hover(text: string, offset: number): Promise<Known | undefined> {
    const told = await this.#ask({kind: 'hover', text, offset})
    return typeof told === 'object' && told.kind === 'hover' ? told.hover : undefined
  }

  /** Have a part come, whether it is needed or not. */
  async bring(name: string): Promise<void> {
    if (this.#parts.has(name)) return
    const code = await textOf(name)
    if (this.#parts.has(name)) return
    this.#parts.set(name, code)
    if (this.#worker) post(this.#worker, {kind: 'part', name, code})
  }

  async #ask(body: Body): Promise<Told | None> {
    const code = await textOf('core')
    // What is needed first may hide what is needed next.
    for (let tries = 0; tries < mostTries; tries++) {
      const told = await this.#askOnce(body, code)
      if (typeof told !== 'object' || told.kind !== 'needs') return told
      await Promise.all(told.parts.map(async (name) => this.bring(name)))
    }
    throw new Error('A part of the page does not work')
  }

  async #askOnce(body: Body, code: string): Promise<Told | None> {
    const id = this.#next++
    const worker = (this.#worker ??= this.#start(code))
    return new Promise((resolve) => {
      const hasRule = body.kind === 'judge' && body.rule !== undefined
      const timer = setTimeout(() => this.#end('late'), hasRule ? mostTimeOfRule : mostTime)
      this.#waiting.set(id, (told) => {
        clearTimeout(timer)
        resolve(told)
      })
      post(worker, {id, ...body})
    })
  }

  /** End the worker: all that was asked of it is lost with it. The next question begins another. */
  #end(why: None): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#ran = undefined
    for (const settle of this.#waiting.values()) settle(why)
    this.#waiting.clear()
  }

  #start(code: string): Worker {
    const url = urlOf(code)
    const worker = new Worker(url)
    worker.addEventListener('message', ({data}: MessageEvent<Told>) => {
      URL.revokeObjectURL(url)
      this.#waiting.get(data.id)?.(data)
      this.#waiting.delete(data.id)
    })
    for (const [name, its] of this.#parts) post(worker, {kind: 'part', name, code: its})
    return worker
  }
}

/** There was no answer in time, and it is not asked again until there is less to judge. */
export class TooMuch extends Error {
  constructor() {
    super(`This is too much to be judged in ${mostTime / 1000} seconds`)
  }
}

function weight({files}: Question): number {
  return Object.values(files).reduce((sum, text) => sum + text.length, Object.keys(files).length)
}

function post(worker: Worker, message: Asked | Given): void {
  // A worker has no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(message)
}
