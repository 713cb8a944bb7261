import * as z from 'zod'
import type {Rule} from './rule.ts'

/** The JSON Schema of a rule's options. */
export function optionsSchema(rule: Rule): unknown {
  const {$schema: _, ...schema} = z.toJSONSchema(rule.options, {
    io: 'input',
    unrepresentable: 'any',
  })
  return schema
}
