import type {Answer, Question} from './answers.ts'
import type {Known} from './hover.ts'
import type {Asked, Told} from './worker.ts'

/**
 * The text of the worker, which the build puts here: a page that is opened from a disk may not load
 * one.
 */
declare const WORKER: string

/** How long a rule that was typed may take. */
const mostTime = 5000

type Body = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never

/** Why there is no answer: it took too long, or the worker is gone for another reason. */
type None = 'late' | 'gone'

/**
 * The core of unitlint, in a worker of its own: what never ends there is ended, and the page goes
 * on.
 */
export class Core {
  #worker = start()
  #next = 0
  readonly #waiting = new Map<number, (told: Told | None) => void>()
  /** What explains words, once something is asked about. */
  #explaining: Promise<string> | undefined
  /** The rule that the worker has run, which may have changed anything there. */
  #ran: string | undefined
  /** The rule that had to be ended: it is not run again. */
  #ended: string | undefined

  constructor() {
    this.#listen()
  }

  async judge(
    question: Question,
    wanted: string | undefined,
  ): Promise<{answer: Answer; ruleFault: string | undefined}> {
    const rule = wanted === this.#ended ? undefined : wanted
    if (this.#ran !== undefined && this.#ran !== rule) this.#begin('gone')
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
        : {...told, ruleFault: `The rule was stopped: it took more than ${mostTime / 1000} seconds`}
    throw new Error(
      typeof told === 'object' && told.kind === 'fault' ? told.message : 'It takes too long',
    )
  }

  async hover(text: string, offset: number): Promise<Known | undefined> {
    const told = await this.#ask({
      kind: 'hover',
      text,
      offset,
      code: await (this.#explaining ??= explaining()),
    })
    return typeof told === 'object' && told.kind === 'hover' ? told.hover : undefined
  }

  async #ask(body: Body): Promise<Told | None> {
    const id = this.#next++
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#begin('late'), mostTime)
      this.#waiting.set(id, (told) => {
        clearTimeout(timer)
        resolve(told)
      })
      // A worker has no other origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      this.#worker.postMessage({id, ...body})
    })
  }

  /** Begin again with another worker: all that was asked of this one is lost with it. */
  #begin(why: None): void {
    this.#worker.terminate()
    this.#worker = start()
    this.#ran = undefined
    this.#listen()
    for (const settle of this.#waiting.values()) settle(why)
    this.#waiting.clear()
  }

  #listen(): void {
    this.#worker.addEventListener('message', ({data}: MessageEvent<Told>) => {
      this.#waiting.get(data.id)?.(data)
      this.#waiting.delete(data.id)
    })
  }
}

function start(): Worker {
  return new Worker(URL.createObjectURL(new Blob([WORKER], {type: 'text/javascript'})))
}

declare global {
  interface Window {
    /**
     * What explains words, which its script puts here: a page that is opened from a disk may not
     * fetch, but it may run scripts beside it.
     */
    unitlintHover?: string
  }
}

async function explaining(): Promise<string> {
  const script = document.createElement('script')
  script.src = 'hover.js'
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })
  return window.unitlintHover ?? ''
}
