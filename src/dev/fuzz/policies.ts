import fc from 'fast-check'
import {securityPolicy} from '../../config/security-policy.ts'
import {UsageError} from '../../config/usage-error.ts'
import {assess} from '../../security/index.ts'
import type {Policy} from '../../security/index.ts'
import {parse} from '../../syntax/parse.ts'
import {load} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {targetAt} from './properties.ts'
import {fuzzTarget, hold, anyOf} from './target.ts'
import {unitText} from './words.ts'

/** The text of a policy, and a service to assess by it. */
interface PolicyInput {
  readonly policy: string
  readonly text: string
  readonly target: number
}

const fields = [
  'PrivateTmp',
  'PrivateNetwork',
  'UserOrDynamicUser',
  'SystemCallFilter_swap',
  'CapabilityBoundingSet_CAP_SYS_ADMIN',
  'UMask',
  '__proto__',
  'constructor',
]
const anyNumber = fc.oneof(
  fc.nat(20_000),
  fc.constantFrom(0, -1, 0.5, 1e300, 2 ** 53, 2 ** 64),
  fc.jsonValue({maxDepth: 1}),
)
const entry = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        weight: anyNumber,
        range: anyNumber,
        description_good: fc.string(),
        description_bad: fc.jsonValue({maxDepth: 1}),
        description_na: fc.string(),
      },
      {requiredKeys: []},
    ),
  },
  {weight: 1, arbitrary: fc.jsonValue({maxDepth: 2})},
)
const rows = fc.array(fc.tuple(fc.oneof(anyOf(fields), fc.string()), entry), {maxLength: 6})
const anyPolicy = fc.oneof(
  {
    weight: 8,
    arbitrary: rows.map(
      (all) =>
        `{${all.map(([name, its]) => `${JSON.stringify(name)}:${JSON.stringify(its)}`).join()}}`,
    ),
  },
  {weight: 1, arbitrary: fc.json()},
  {weight: 1, arbitrary: fc.string({unit: 'binary'})},
)

/**
 * Security policies: what is none is a usage error, and by all others exposure is a figure from 0
 * to 100.
 */
export const policiesTarget = fuzzTarget<PolicyInput>({
  arbitrary: fc.record({policy: anyPolicy, text: unitText('Service'), target: fc.nat(15)}),
  seeds: [
    {
      policy: '{"PrivateTmp":{"weight":0,"range":0}}',
      text: '[Service]\nExecStart=/usr/bin/x\n',
      target: 10,
    },
    {
      policy: '{"__proto__":{"weight":1},"UMask":{"weight":9e99}}',
      text: '[Service]\nExecStart=/usr/bin/x\n',
      target: 0,
    },
  ],
  check({policy: json, text, target}) {
    const policy = policyIn(json)
    if (!policy) return
    const assessment = assess(loaded(text, target), {policy})
    if (assessment.refused) return
    const {total, rows: all} = assessment
    hold(Number.isInteger(total) && total >= 0 && total <= 100, () => `the exposure is ${total}`)
    for (const {name, badness, weight, range} of all) {
      hold(
        [badness ?? 0, weight, range].every(
          (number) => number >= 0 && Number.isSafeInteger(number),
        ),
        () => `row ${name} counts ${weight} of ${range}`,
      )
    }
  },
  grow({policy: json, text, target}, times) {
    const members = json.startsWith('{') && json.endsWith('}') ? json.slice(1, -1) : ''
    const many = Array.from({length: times}, (_, index) =>
      [members, `"a${index}":{"weight":${index}}`].filter((one) => one !== '').join(),
    )
    const policy = policyIn(`{${many.join()}}`)
    if (policy) assess(loaded(text, target), {policy})
  },
})

function policyIn(json: string): Policy | undefined {
  try {
    return securityPolicy(json, 'policy.json')
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

function loaded(text: string, target: number): LoadedUnit {
  const files = [{path: 'a.service', role: 'fragment' as const, tree: parse(text)}]
  return load(files, {
    name: 'a.service',
    type: 'service',
    target: targetAt(target),
    manager: 'system',
  })
}
