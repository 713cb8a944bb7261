import * as kit from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/rule.ts'
import {
  array,
  boolean,
  enum as enumOf,
  literal,
  number,
  object,
  optional,
  strictObject,
  string,
  union,
} from 'zod'
import {rules} from '../../rules/index.ts'
import {answer} from './answers.ts'
import type {Answer, Question} from './answers.ts'
import type {hoverAt, Known} from './hover.ts'

/** What the page asks. */
export type Asked =
  | {
      readonly id: number
      readonly kind: 'judge'
      readonly question: Question
      readonly rule: string | undefined
    }
  | {
      readonly id: number
      readonly kind: 'hover'
      readonly text: string
      readonly offset: number
      readonly code: string
    }

/** What it is told. */
export type Told =
  | {
      readonly id: number
      readonly kind: 'judge'
      readonly answer: Answer
      readonly ruleFault: string | undefined
    }
  | {readonly id: number; readonly kind: 'hover'; readonly hover: Known | undefined}
  | {readonly id: number; readonly kind: 'fault'; readonly message: string}

self.addEventListener('message', ({data}: MessageEvent<Asked>) => {
  void tell(data)
})

async function tell(asked: Asked): Promise<void> {
  const {id} = asked
  try {
    if (asked.kind === 'hover') {
      explaining ??= import(urlOf(asked.code)) as Promise<{hoverAt: typeof hoverAt}>
      const its = await explaining
      post({id, kind: 'hover', hover: its.hoverAt(asked.text, asked.offset, rules)})
    } else {
      const {rule, fault} = await ruleOf(asked.rule)
      post({
        id,
        kind: 'judge',
        answer: answer(asked.question, rule ? [rule] : []),
        ruleFault: fault,
      })
    }
  } catch (error) {
    post({id, kind: 'fault', message: error instanceof Error ? error.message : String(error)})
  }
}

function post(told: Told): void {
  // A worker has no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(told)
}

/**
 * What options of rules are made of; the rest of zod, with its words in forty languages, is as
 * large as all of unitlint.
 */
const zod = {
  array,
  boolean,
  enum: enumOf,
  literal,
  number,
  object,
  optional,
  strictObject,
  string,
  union,
}

/** What explains words, which comes with the first question. */
let explaining: Promise<{hoverAt: typeof hoverAt}> | undefined

let known: {code: string | undefined; rule: Rule | undefined; fault: string | undefined} = {
  code: undefined,
  rule: undefined,
  fault: undefined,
}

/**
 * The rule that a module exports, or why it has none. The module runs in this worker, which has
 * neither the page nor a network.
 */
async function ruleOf(code: string | undefined): Promise<typeof known> {
  if (code === known.code) return known
  try {
    const rule: unknown =
      code === undefined || code.trim() === ''
        ? undefined
        : ((await load(code)) as {default?: unknown}).default
    if (rule !== undefined && !isRule(rule))
      throw new Error('Expected a rule as the default export')
    known = {code, rule, fault: undefined}
  } catch (error) {
    known = {code, rule: undefined, fault: error instanceof Error ? error.message : String(error)}
  }
  return known
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'check' in value && 'id' in value
}

async function load(code: string): Promise<unknown> {
  const modules = {'unitlint/rule': kit, zod: {...zod, z: zod}}
  Object.assign(self, {unitlintModules: modules})
  const urls = new Map(Object.entries(modules).map(([name, its]) => [name, moduleOf(name, its)]))
  const text = code.replaceAll(
    /(from\s*)(['"])(unitlint\/rule|zod)\2/g,
    (_all, from: string, _quote: string, name: string) =>
      `${from}${JSON.stringify(urls.get(name))}`,
  )
  return import(urlOf(text)) as Promise<unknown>
}

/**
 * A module that has the names of another, as one that is typed cannot import by the names of
 * packages.
 */
function moduleOf(name: string, its: object): string {
  const names = Object.keys(its).filter(
    (one) => /^[A-Za-z_$][\w$]*$/.test(one) && one !== 'default',
  )
  const whole = `self.unitlintModules[${JSON.stringify(name)}]`
  return urlOf(
    `${names.map((one) => `const $${one} = ${whole}.${one}; export {$${one} as ${one}}`).join('\n')}\nexport default ${whole}`,
  )
}

function urlOf(text: string): string {
  return URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))
}
