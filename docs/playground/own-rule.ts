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
import {urlOf} from './url.ts'

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

/**
 * The rule that a module exports. The module runs in this worker, which has neither the page nor a
 * network.
 */
export async function ruleIn(code: string): Promise<Rule | undefined> {
  const {default: rule} = (await load(code)) as {default?: unknown}
  if (rule !== undefined && !isRule(rule)) throw new Error('Expected a rule as the default export')
  return rule
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
