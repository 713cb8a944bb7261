import type {Answer, Question} from './answers.ts'
import type {Asked, Told} from './worker.ts'

/** The text of the worker, which the build puts here: a page that is opened from a disk may not load one. */
declare const WORKER: string

/** How long a rule that was typed may take. */
const mostTime = 5000

type Body = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never

/** The core of unitlint, in a worker of its own: what never ends there is ended, and the page goes on. */
export class Core {
  #worker = start()
  #next = 0
  readonly #waiting = new Map<number, (told: Told | undefined) => void>()

  constructor() {
    this.#listen()
  }

  async judge(question: Question, rule: string | undefined): Promise<{answer: Answer; ruleFault: string | undefined}> {
    const told = await this.#ask({kind: 'judge', question, rule})
    if (told?.kind === 'judge') return told
    // The rule is what may not end; without it all is well.
    if (!told && rule !== undefined) {
      const {answer} = await this.judge(question, undefined)
      return {answer, ruleFault: `The rule was stopped: it took more than ${mostTime / 1000} seconds`}
    }
    throw new Error(told?.kind === 'fault' ? told.message : 'It takes too long')
  }

  async hover(text: string, offset: number): Promise<{from: number; to: number; markdown: string} | undefined> {
    const told = await this.#ask({kind: 'hover', text, offset})
    return told?.kind === 'hover' ? told.hover : undefined
  }

  async #ask(body: Body): Promise<Told | undefined> {
    const id = this.#next++
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#worker.terminate()
        this.#worker = start()
        this.#listen()
        // All that was asked of it is lost with it.
        for (const [, settle] of this.#waiting) settle(undefined)
        this.#waiting.clear()
      }, mostTime)
      this.#waiting.set(id, (told) => {
        clearTimeout(timer)
        resolve(told)
      })
      // A worker has no other origin to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      this.#worker.postMessage({id, ...body})
    })
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
