import * as z from 'zod'
import type {Rule} from '../rule/rule.ts'
import {jsonConfigSchema, ruleSetting} from './schema.ts'

/**
 * The JSON Schema (2020-12) of `unitlint.config.json`, with the ids and options of these rules;
 * other rules must be `plugin/rule`.
 */
export function configJsonSchema(rules: readonly Rule[]): unknown {
  const anyRule = ruleSetting(z.record(z.string(), z.unknown()))
  const settings = z
    .object(
      Object.fromEntries(
        rules.map((rule) => [rule.id, ruleSetting(rule.options).optional().describe(rule.summary)]),
      ),
    )
    .catchall(anyRule)
  const schema = z.toJSONSchema(jsonConfigSchema(settings), {
    io: 'input',
    unrepresentable: 'any',
    reused: 'ref',
    override({zodSchema, jsonSchema}) {
      if (zodSchema !== settings || typeof jsonSchema.additionalProperties !== 'object') return
      jsonSchema.patternProperties = {'/': jsonSchema.additionalProperties}
      jsonSchema.additionalProperties = false
    },
  })
  return {...schema, title: 'The configuration of unitlint'}
}
