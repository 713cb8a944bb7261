import * as z from 'zod'
import {optionsSchema} from '../rule/options-schema.ts'
import type {Rule} from '../rule/rule.ts'

/** The options of a rule, one a line: name, kind, meaning, and what it is without. */
export function optionLines(rule: Rule): string[] {
  return Object.entries(properties().parse(optionsSchema(rule)).properties).map(
    ([name, {type, enum: values, default: fallback, description}]) => {
      const kind = values
        ? values.map((value) => JSON.stringify(value)).join(', ')
        : (type ?? 'any value')
      const meaning = description === undefined ? '' : `: ${description}`
      return `${name} (${kind})${meaning}${fallback === undefined ? '' : `; default ${JSON.stringify(fallback)}`}`
    },
  )
}

function properties() {
  const property = z.object({
    type: z.string().optional().catch(undefined),
    enum: z.array(z.unknown()).optional().catch(undefined),
    default: z.unknown(),
    description: z.string().optional().catch(undefined),
  })
  return z.object({properties: z.record(z.string(), property).default({})}).catch({properties: {}})
}
