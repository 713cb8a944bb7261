import {once} from 'node:events'
import {Worker} from 'node:worker_threads'
import type {PlaygroundSplit} from '../../src/dev/site/split.ts'
import type {Asked, Given, Told} from '../../docs/playground/messages.ts'

/** What the worker of a page has that a thread of Node has not. */
const likeAPage = `
const {parentPort} = require('node:worker_threads')
globalThis.self = globalThis
self.addEventListener = (_type, heard) => parentPort.on('message', (data) => heard({data}))
self.postMessage = (message) => parentPort.postMessage(message)
self.Blob = class { constructor(texts) { this.text = texts.join('') } }
URL.createObjectURL = ({text}) => 'data:text/javascript;base64,' + Buffer.from(text).toString('base64')
`

type Body = Asked extends infer One ? (One extends Asked ? Omit<One, 'id'> : never) : never

/**
 * The core of the playground as it is built, with no part of it but those that are given. Asking
 * gives the parts that are missing, as the page does, and tells which these were.
 */
export class BuiltCore {
  readonly #split: PlaygroundSplit
  readonly #worker: Worker
  #next = 0

  constructor(split: PlaygroundSplit, given: readonly string[] = []) {
    this.#split = split
    this.#worker = new Worker(`${likeAPage};${split.core}`, {eval: true})
    for (const name of given) this.#give(name)
  }

  async ask(body: Body): Promise<{told: Told; missing: readonly string[]}> {
    const missing: string[] = []
    for (;;) {
      this.#post({id: this.#next++, ...body})
      const [told] = (await once(this.#worker, 'message')) as [Told]
      if (told.kind !== 'needs') return {told, missing}
      missing.push(...told.parts)
      for (const name of told.parts) this.#give(name)
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #give(name: string): void {
    this.#post({kind: 'part', name, code: this.#split.parts[name] ?? ''})
  }

  #post(message: Asked | Given): void {
    // A worker has no other origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker.postMessage(message)
  }
}
