import fc from 'fast-check'
import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {addConfig, nothing} from '../../config/collect.ts'
import {checkConfig} from '../../config/read.ts'
import {severities} from '../../config/severities.ts'
import {settingsByFile} from '../../config/settings.ts'
import {dataSource} from '../../config/source.ts'
import type {ConfigSource} from '../../config/source.ts'
import {usageFault} from '../../config/usage-error.ts'
import {judged} from './properties.ts'
import {fuzzTarget, hold, anyOf} from './target.ts'

const ids = [
  ...rules.slice(0, 40).map(({id}) => id),
  'no-inline-comment',
  'acme/x',
  'privat-tmp',
  '__proto__',
]
const severity = anyOf<unknown>([...severities, 'fatal', 3, null])
const options = fc.oneof(
  fc.constant({}),
  fc.dictionary(
    fc.constantFrom('atLeast', 'allow', 'checkPlaceholders', 'max'),
    fc.jsonValue({maxDepth: 2}),
    {maxKeys: 2},
  ),
)
const setting = fc.oneof(
  {weight: 4, arbitrary: severity},
  {weight: 2, arbitrary: fc.tuple(severity, options)},
  {weight: 1, arbitrary: fc.jsonValue({maxDepth: 2})},
)
const target = fc.oneof(
  fc.integer({min: 240, max: 265}),
  fc.constantFrom('debian-12', 'rhel-9', 'debian-1', '257', ''),
)
const globs = fc.array(
  fc.oneof(
    fc.constantFrom('*.service', '**', '!a', '/a/*.d', '{a,b}', '[a', '+(a|b)', ''),
    fc.string({maxLength: 6}),
  ),
  {maxLength: 3},
)

const settings = {
  rules: fc.dictionary(anyOf(ids), setting, {maxKeys: 5}),
  profile: fc.oneof(
    fc.constantFrom('backup-job', 'backup', ''),
    fc.record({
      needs: fc.array(fc.constantFrom('inet', 'home-read', 'CAP_CHOWN', 'x')),
      closed: fc.boolean(),
    }),
  ),
  targets: fc.array(target, {maxLength: 3}),
  manager: fc.constantFrom('system', 'user', 'root'),
}

const {config} = fc.letrec<{config: unknown; extends: unknown}>((tie) => ({
  extends: fc.oneof(
    {
      weight: 3,
      arbitrary: anyOf([...Object.keys(presets), 'stric', './a.json', 'acme/x', '@a/b', '']),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.oneof(fc.constantFrom('strict', 'verify'), tie('config')), {
        maxLength: 3,
      }),
    },
    {weight: 1, arbitrary: tie('config')},
  ),
  config: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.record(
      {
        ...settings,
        extends: tie('extends'),
        overrides: fc.array(
          fc.record({files: globs, excludedFiles: globs, ...settings}, {requiredKeys: ['files']}),
          {maxLength: 2},
        ),
        ignores: globs,
        plugins: fc.dictionary(
          fc.constantFrom('acme', 'a', '__proto__'),
          fc.jsonValue({maxDepth: 1}),
          {maxKeys: 1},
        ),
        $schema: fc.constant('x'),
        other: fc.jsonValue({maxDepth: 1}),
      },
      {requiredKeys: []},
    ),
    fc.jsonValue({maxDepth: 3}),
  ),
}))

/** Nothing but what it is given: no file is there. */
const source: ConfigSource = dataSource({
  load: () => Promise.reject(new Error('No such file')),
  allows: () => false,
  has: () => false,
  find: () => undefined,
  bounded: (work) => work(),
  copies: new Map(),
})

const known = {rules, presets, folder: '/folder', source}
const origin = {name: 'unitlint.config.json', file: '/folder/unitlint.config.json', path: ''}
const unit = {
  files: [{path: 'a.service', text: '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\nFoo=b\n'}],
} as const

/**
 * JSON of any kind as a config: what is none is one line about a key of it, and all others can be
 * judged by.
 */
export const configsTarget = fuzzTarget<unknown>({
  arbitrary: config,
  seeds: [
    {
      extends: ['strict', {rules: {'private-tmp': ['warn', {}]}}],
      overrides: [{files: ['*.d'], targets: [252]}],
    },
    {rules: {__proto__: 2}},
    [],
    null,
  ],
  async check(input) {
    const lines = await resolved(input)
    if (typeof lines === 'object') return void judged(unit, lines)
    hold(
      /^[^\n]+$/.test(lines) && lines.length < 12_000,
      () => `a fault is not told in a line: ${lines}`,
    )
  },
  async grow(input, times) {
    const base = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
    await resolved({
      ...base,
      overrides: Array.from({length: times}, () => ({
        files: ['*.service'],
        rules: {'private-tmp': 'warn'},
      })),
    })
  },
})

/** The options that a config makes, or what is wrong with it. */
async function resolved(value: unknown) {
  try {
    const checked = await checkConfig(value, origin, source)
    const collected = nothing(known)
    await addConfig(checked, origin, collected, known)
    return settingsByFile(collected, presets)('/folder/a.service')
  } catch (error) {
    return usageFault(error)
  }
}
