import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, it} from 'vitest'
import {configJsonSchema} from '../../src/config/json-schema.ts'
import {rules} from './rules.ts'

// Strict: a schema that says what it cannot mean is a mistake. Pairs of a severity and options may
// lack the options.
const validate = new Ajv2020({strict: true, strictTuples: false, allowUnionTypes: true}).compile(
  configJsonSchema(rules) as object,
)

describe('the JSON Schema of configs', () => {
  it.each([
    {},
    {$schema: './config.schema.json', extends: 'recommended'},
    {
      extends: ['strict', {extends: ['recommended'], rules: {'private-tmp': 0}}],
      ignores: ['vendor'],
    },
    {
      rules: {
        'private-tmp': 'warn',
        limit: ['error', {atLeast: 'high', names: ['a']}],
        'acme/no-foo': ['warn', {any: 1}],
        'protect-home': ['off'],
      },
    },
    {
      targets: ['debian-12', '252', 257],
      manager: 'user',
      profile: 'backup-job',
      plugins: {acme: 'unitlint-plugin-acme'},
    },
    {
      overrides: [
        {
          files: ['*.timer'],
          excludedFiles: ['a'],
          rules: {limit: 2},
          targets: [252],
          profile: {needs: ['inet'], closed: true},
        },
      ],
    },
  ])('takes %j', (config) => {
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each([
    {exten: []},
    {rules: {'privat-tmp': 'warn'}},
    {rules: {limit: ['error', {atLeast: 'higher'}]}},
    {rules: {limit: ['error', {atMost: 'high'}]}},
    {rules: {limit: 'wran'}},
    {targets: ['debian-1']},
    {targets: []},
    {overrides: [{rules: {}}]},
    {overrides: [{files: ['a'], rules: {nope: 'off'}}]},
    {profile: {needs: ['inte'], closed: true}},
    {extends: [{rules: {nope: 'off'}}]},
  ])('refuses %j', (config) => {
    expect(validate(config)).toBe(false)
  })
})
