import fc from 'fast-check'
import {describe, expect, it, test} from 'vitest'
import {amended} from '../../src/engine/amend.ts'
import {deniedAnew} from '../../src/engine/denied-anew.ts'
import {operations} from '../../src/engine/operations.ts'
import type {Operation} from '../../src/engine/operations.ts'
import type {Facade} from '../../src/engine/proposal.ts'
import {readerFor, sourceOf} from '../../src/engine/reader.ts'
import {newestVersion, oldestVersion, target} from '../../src/facts/targets.ts'
import {add} from '../../src/rule/change.ts'
import {deniedBy} from '../../src/rule/denied.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {times} from '../times.ts'

const filters = [
  ...[
    '@system-service',
    '~@privileged @resources',
    '~@clock @mount',
    '~write open DONOTEXIST',
    '~@swap:EPERM',
    'read write',
    '@system-service @mount',
    '',
  ],
  ...['~@cpu-emulation @raw-io', '~no-such-call', '~@privileged'],
]
const others = [
  'SystemCallErrorNumber=EPERM',
  'NoNewPrivileges=yes',
  'User=root',
  'User=example',
  'SystemCallArchitectures=native',
]

const cases = fc.record({
  own: fc.array(
    fc.oneof(
      fc.constantFrom(...filters.map((value) => `SystemCallFilter=${value}`)),
      fc.constantFrom(...others),
    ),
    {maxLength: 5},
  ),
  added: fc.array(fc.constantFrom(...filters), {minLength: 1, maxLength: 3}),
  isError: fc.boolean(),
  version: fc.constantFrom(oldestVersion, 252, newestVersion),
})

function unitOf(text: string, version: number): readonly [unit: Unit, facade: Facade] {
  const its = target(String(version))
  if (!its) throw new Error(`Expected ${version} to be a target`)
  const options = {rules: [], targets: [its], manager: 'system'} as const
  const {read, facade} = readerFor(
    its,
    {name: 'example.service', type: 'service', role: 'fragment'},
    options,
    undefined,
  )
  return [read([sourceOf({path: 'example.service', text}, 'fragment')]), facade]
}

/** What added lines deny anew, and whether the unit with them was asked. */
function denied(
  {
    own,
    added,
    isError,
    version,
  }: {own: readonly string[]; added: readonly string[]; isError: boolean; version: number},
  isAlike: boolean,
) {
  const [unit, facade] = unitOf(
    ['[Service]', 'ExecStart=/usr/bin/example', ...own, ''].join('\n'),
    version,
  )
  const lines = added.map((value) => add('Service', 'SystemCallFilter', value))
  const made = operations(
    unit,
    isError ? [add('Service', 'SystemCallErrorNumber', 'EPERM'), ...lines] : lines,
  )
  if (!made) throw new Error('Expected lines that can be added')
  // Where lines do not stand as those of their section do, the unit with them is asked.
  const all = made.map((operation): Operation =>
    operation.kind === 'insert' ? {...operation, isAlike} : operation,
  )
  let isAsked = false
  const found = deniedAnew(unit, all, () => {
    isAsked = true
    return facade(amended(unit, all), unit.evidence)
  })
  return {found: [...new Set(found)].toSorted(), isAsked}
}

describe('what lines added to a filter of system calls deny', () => {
  it('is what the unit with them denies', () => {
    fc.assert(
      fc.property(cases, (one) => {
        expect(denied(one, true).found).toEqual(denied(one, false).found)
      }),
      {numRuns: times(300)},
    )
  })

  it('is known without asking it', () => {
    const own = ['SystemCallFilter=@system-service', 'User=example']
    const one = {
      own,
      added: ['~@privileged @resources', '~@mount'],
      isError: true,
      version: newestVersion,
    }
    expect([denied(one, true).isAsked, denied(one, false).isAsked]).toEqual([false, true])
    expect(denied(one, true).found).toContain('@privileged')
  })
})

test('what DynamicUser= denies is known without asking the unit with it', () => {
  const [unit, facade] = unitOf('[Service]\nExecStart=/usr/bin/example\n', newestVersion)
  const all = operations(unit, [add('Service', 'DynamicUser', 'yes')]) ?? []
  const known = deniedAnew(unit, all, () => {
    throw new Error('Expected the unit not to be asked')
  })
  const amendedUnit = facade(amended(unit, all), unit.evidence)
  expect([...new Set(known)].toSorted()).toEqual(
    [...deniedBy(amendedUnit, 'DynamicUser')].toSorted(),
  )
  expect(known).toContain('fixed-user')
})
