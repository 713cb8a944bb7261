import type {Rule} from '../../src/rule/rule.ts'
import {rules} from '../../rules/index.ts'
import {answer} from './answers.ts'
import {hoverAt} from './hover.ts'
import type {Asked, Given, Told} from './messages.ts'
import {ruleIn} from './own-rule.ts'
import {put, withParts} from './parts.ts'
import {urlOf} from './url.ts'

/** One after the other: what one is without is not told of another. */
let done: Promise<void> = Promise.resolve()

/** Answer the page. */
export function listen(): void {
  self.addEventListener('message', ({data}: MessageEvent<Asked | Given>) => {
    done = done.then(async () => (data.kind === 'part' ? take(data) : tell(data)))
  })
}

async function take({name, code}: Given): Promise<void> {
  try {
    put(name, (await import(urlOf(code))) as Readonly<Record<string, unknown>>)
  } catch {
    // It is missed where it is needed.
  }
}

async function tell(asked: Asked): Promise<void> {
  const {id} = asked
  try {
    const told = await withParts(async () => toldOf(asked))
    if ('result' in told) post(told.result)
    else {
      known = unknown
      post({id, kind: 'needs', parts: told.missing})
    }
  } catch (error) {
    post({id, kind: 'fault', message: messageOf(error)})
  }
}

async function toldOf(asked: Asked): Promise<Told> {
  const {id, kind} = asked
  if (kind === 'hover') return {id, kind, hover: hoverAt(asked.text, asked.offset, rules)}
  const {rule, fault} = await ruleOf(asked.rule)
  return {id, kind, answer: answer(asked.question, rule ? [rule] : []), ruleFault: fault}
}

function post(told: Told): void {
  // A worker has no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(told)
}

interface OwnRule {
  readonly code: string | undefined
  readonly rule: Rule | undefined
  readonly fault: string | undefined
}

const unknown: OwnRule = {code: undefined, rule: undefined, fault: undefined}
let known = unknown

/** The rule that a module exports, or why it has none. */
async function ruleOf(code: string | undefined): Promise<OwnRule> {
  if (code === known.code) return known
  known = {code, rule: undefined, fault: undefined}
  if (code === undefined || code.trim() === '') return known
  try {
    known = {...known, rule: await ruleIn(code)}
  } catch (error) {
    known = {...known, fault: messageOf(error)}
  }
  return known
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
