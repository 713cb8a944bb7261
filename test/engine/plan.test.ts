import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {isRefused} from '../../src/engine/refused-more.ts'
import {target, within} from '../../src/facts/targets.ts'
import {add, remove, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Rule, Unit} from '../../src/rule/index.ts'
import {anyService, fixed, optionsWith, runs, unitOf, wanting} from './fixing.ts'

const at257 = target('257')
if (!at257) throw new Error('Expected a target 257')
const service = '[Service]\nExecStart=/usr/bin/example\n'

/** The service after fixes of somebody's rule, which has no doubt. */
function after(
  text: string,
  change: (unit: Unit) => Change | undefined,
  fix: 'safe' | 'unsafe',
  into = false,
): string {
  const rule = wanting((unit) => {
    const wanted = change(unit)
    return wanted && {title: 'Have it', applicability: 'safe', changes: [wanted]}
  })
  const {text: inPlace, own, problems} = fixed(text, optionsWith([rule], at257), fix, {into})
  expect(problems).toEqual([])
  return into ? own : inPlace
}

/** A change that is wanted as long as a directive does not have a value. */
function until(key: string, value: string): (unit: Unit) => Change | undefined {
  return (unit) => {
    const last = unit.assignments('Service', key).at(-1)
    return last?.value === value ? undefined : set('Service', key, value)
  }
}

describe.each([false, true])('somebody elses fixes, in a drop-in: %s', (into) => {
  const untouched = into ? '' : undefined
  test.each<[string, string, (unit: Unit) => Change | undefined]>([
    ['what does not go with the type', `${service}Type=forking\n`, until('PrivatePIDs', 'yes')],
    ['a user that is none', service, until('User', 'a:b')],
    [
      'nothing to start',
      service,
      (unit) => unit.assignments('Service', 'ExecStart').map(remove)[0],
    ],
    [
      'two commands',
      service,
      (unit) =>
        unit.assignments('Service', 'ExecStart').length > 1
          ? undefined
          : add('Service', 'ExecStart', '/y'),
    ],
  ])('are not made into what systemd refuses: %s', (_name, text, change) => {
    for (const fix of ['safe', 'unsafe'] as const)
      expect(after(text, change, fix, into)).toBe(untouched ?? text)
  })

  test('are made where the unit was refused before', () => {
    const text = `${service}User=a:b\n`
    if (!into) expect(after(text, until('PrivateTmp', 'yes'), 'safe')).toMatch('PrivateTmp=yes')
  })

  test('are as safe as what they deny, whatever their author says', () => {
    expect(after(service, until('ProtectHome', 'yes'), 'safe', into)).toBe(untouched ?? service)
    expect(after(service, until('ProtectHome', 'yes'), 'unsafe', into)).toMatch('ProtectHome=yes\n')
    expect(after(service, until('ProtectClock', 'yes'), 'safe', into)).toMatch('ProtectClock=yes\n')
    expect(after(service, until('InaccessiblePaths', '/srv'), 'safe', into)).toBe(
      untouched ?? service,
    )
    const node = '[Service]\nExecStart=/usr/bin/node /srv/main.js\n'
    expect(after(node, until('MemoryDenyWriteExecute', 'yes'), 'unsafe', into)).toBe(
      untouched ?? node,
    )
  })

  test('are as unsafe as their author says', () => {
    const rule = wanting((unit) => {
      if (unit.settings.ProtectClock.value === 'yes') return undefined
      return {
        title: 'Have it',
        applicability: 'suggestion',
        changes: [set('Service', 'ProtectClock', 'yes')],
      }
    })
    const {text, own} = fixed(service, optionsWith([rule]), 'unsafe', {into})
    expect({text, own}).toEqual({text: service, own: ''})
  })

  test('that replace what an author allowed by name are not safe', () => {
    const text = `${service}CapabilityBoundingSet=CAP_SYS_MODULE\n`
    const change = (unit: Unit): Change | undefined => {
      const line = unit
        .assignments('Service', 'CapabilityBoundingSet')
        .find(({value}) => value !== '~')
      return line && line.value !== '' && !into ? rewrite(line, '') : undefined
    }
    expect(after(text, change, 'safe', into)).toBe(untouched ?? text)
  })
})

test('a fix is not made that the service would not start with where it runs', () => {
  const rule = wanting((unit) => {
    const wanted = until('PrivatePIDs', 'yes')(unit)
    return wanted && {title: 'Have it', applicability: 'unsafe', changes: [wanted]}
  })
  const made = (its: typeof at257): string =>
    fixed(service, optionsWith([rule], its), 'unsafe').text
  expect(made(at257)).toMatch('PrivatePIDs=yes')
  expect(made(within(at257, ['nspawn']))).toMatch('PrivatePIDs=yes')
  expect(made(within(at257, ['nspawn', 'docker']))).toBe(service)
})

test('a unit is refused more where systemd gives up its own file, not one of its drop-ins', () => {
  const [own, dropIn] = [
    unitOf(`${service}User=a:b\n`, '[Service]\nNice=1\n', at257),
    unitOf(service, '[Service]\nUser=a:b\n', at257),
  ]
  expect([isRefused(own, dropIn), isRefused(dropIn, own)]).toEqual([true, false])
})

describe('fixes together', () => {
  const both = (...ids: string[]): readonly Rule[] => rules.filter(({id}) => ids.includes(id))

  test('do not deny what another one brings to light', () => {
    const text = `${service}Deviceallow=/dev/kvm rw\n`
    const {text: made} = fixed(
      text,
      optionsWith(both('no-unknown-directive', 'private-devices')),
      'unsafe',
    )
    expect(made).toBe(`${service}DeviceAllow=/dev/kvm rw\n`)
  })

  test('set a directive once', () => {
    const text = `${service}SystemCallFilter=~@clock\n`
    const {text: made} = fixed(
      text,
      optionsWith(both('system-call-filter', 'system-call-error-number')),
      'safe',
    )
    expect(made.match(/SystemCallErrorNumber/g)).toHaveLength(1)
    expect(made).toMatch(/^SystemCallFilter=~@cpu-emulation/m)
  })

  test('wait for whether the service is one of early boot, which is not asked for some', () => {
    const text = '[Service]\nDefaultDependencies=no\nExecStart=/usr/bin/example\n'
    const {text: made} = fixed(
      text,
      optionsWith(both('no-misplaced-directive', 'protect-home', 'protect-clock')),
      'unsafe',
    )
    expect(made).toBe(
      '[Unit]\nDefaultDependencies=no\n\n[Service]\nExecStart=/usr/bin/example\n\nProtectClock=yes\n',
    )
  })

  test('a `Type=` that does not count is no sign of one', () => {
    const text = '[Service]\nType=forking\nType=fork\nExecStart=/usr/bin/example\n'
    const {text: made} = fixed(text, optionsWith(both('private-pids'), at257), 'unsafe')
    expect(made).toBe(text)
  })
})

test.each([
  ['in place', false],
  ['in a drop-in', true],
])(
  'any unit that systemd does not refuse: fixes of all rules %s leave it so',
  (_name, into) => {
    const options = optionsWith(rules, at257)
    let made = 0
    fc.assert(
      fc.property(anyService, fc.constantFrom('safe' as const, 'unsafe' as const), (text, fix) => {
        const {text: inPlace, own} = fixed(text, options, fix, {into})
        if (inPlace === text && own === '') return
        made++
        expect(isRefused(unitOf(inPlace, own, at257), unitOf(text, '', at257)), inPlace + own).toBe(
          false,
        )
      }),
      {numRuns: runs},
    )
    // Of a few services there may be some that nothing is to be fixed in.
    expect(made).toBeGreaterThan(0)
  },
  120_000,
)

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s alone does not either',
  (_id, rule) => {
    const options = optionsWith([rule], at257)
    fc.assert(
      fc.property(anyService, (text) => {
        const {text: made} = fixed(text, options, 'unsafe')
        if (made !== text)
          expect(isRefused(unitOf(made, '', at257), unitOf(text, '', at257)), made).toBe(false)
      }),
      {numRuns: Math.ceil(runs / 5)},
    )
  },
)
