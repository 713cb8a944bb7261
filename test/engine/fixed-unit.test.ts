import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {fixedUnit, reachedBy} from '../../src/engine/fixed-unit.ts'
import {operations} from '../../src/engine/operations.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {readerFor, sourceOf} from '../../src/engine/reader.ts'
import {isHardening} from '../../src/facts/hardening.ts'
import {defaultTarget, newestVersion, oldestVersion, target} from '../../src/facts/targets.ts'
import {wholeExample} from '../../src/rule/example.ts'
import {add, defineRule, set} from '../../src/rule/index.ts'
import type {Rule} from '../../src/rule/rule.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {itself, readBy} from '../../src/unit/load.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {times} from '../times.ts'
import {optionsWith, unitOf} from './fixing.ts'

/** All lines that are examples of what hardens a service, or of what speaks against it. */
const lines = new Set(
  rules
    .filter(({directives}) =>
      directives.some((directive) => isHardening(directive) || directive === 'User'),
    )
    .flatMap(({examples: {bad, good}}) =>
      [...bad, ...good].flatMap((example) => wholeExample(example).unit.split('\n')),
    )
    .filter((line) => /^[A-Z]\w+=/.test(line) && !line.startsWith('ExecStart=')),
)
const programs = [
  '/usr/bin/example',
  '/usr/bin/curl https://example.org/',
  '/usr/sbin/nginx',
  '/usr/bin/dockerd',
  '/bin/sh -c "mount /srv"',
  '/usr/bin/ping example.org',
]

const services = fc
  .record({
    program: fc.constantFrom(...programs),
    own: fc.subarray(
      [
        ...lines,
        'User=root',
        'User=example',
        'DynamicUser=yes',
        'Type=forking',
        'ProtectSystem=full',
        'SystemCallFilter=~@swap',
      ],
      {
        maxLength: 8,
      },
    ),
  })
  .map(({program, own}) => ['[Service]', `ExecStart=${program}`, ...own, ''].join('\n'))

/** The lines of a service as the safe fixes of some rules would leave it. */
function fixed(
  text: string,
  version: number,
  preset: string,
  asked: readonly Rule[],
): readonly string[] {
  return fixedFrom(text, version, preset, {asked, permitted: 'safe'}).lines.map(
    ({key, value}) => `${key}=${value}`,
  )
}

function fixedFrom(
  text: string,
  version: number,
  preset: string,
  {asked, permitted}: {asked: readonly Rule[]; permitted: 'safe' | 'unsafe'},
): Unit {
  const {rules: ids = {}, profile} = presets[preset] ?? {}
  const its = target(String(version))
  if (!its || typeof profile === 'string') throw new Error('Expected a target and a profile')
  const active = asked
    .filter(({id}) => Object.hasOwn(ids, id))
    .map((rule) => ({rule, severity: 2 as const, options: rule.defaults}))
  return fixedBy(text, permitted, {
    rules: active,
    targets: [its],
    upTo: target(String(newestVersion)),
    manager: 'system',
    profile,
  })
}

function fixedBy(text: string, permitted: 'safe' | 'unsafe', options: LintOptions): Unit {
  const {read, facade, ask} = readerFor(
    options.targets[0] ?? defaultTarget,
    {name: 'example.service', type: 'service', role: 'fragment'},
    options,
    undefined,
  )
  const unit = read([sourceOf({path: 'example.service', text}, 'fragment')])
  const found = ask(unit, options.rules)
  return fixedUnit(unit, found, {options, permitted, untouchable: new Set(), facade, ask})
}

it('goes no further than a run where more is found than is told', () => {
  const sequence = ['Nice', 'OOMScoreAdjust', 'CPUWeight']
  const wantingAmong = (problems: number): Rule =>
    defineRule({
      id: 'acme',
      summary: 'Want one after the other',
      why: 'For the test.',
      messages: {wanted: 'Expected more'},
      *check(unit) {
        const [at] = unit.all('Service')
        const next = sequence.find((key) => unit.assignments('Service', key).length === 0)
        if (!at || next === undefined) return
        yield {
          message: 'wanted',
          at,
          fix: {title: 'Have it', changes: [set('Service', next, '5')]},
        }
        for (let count = 1; count < problems; count++) yield {message: 'wanted', at}
      },
      examples: {bad: [], good: []},
    })
  const written = (problems: number): readonly string[] =>
    fixedBy(
      '[Service]\nExecStart=/usr/bin/example\n',
      'safe',
      optionsWith([wantingAmong(problems)]),
    ).lines.map(({key}) => key)
  expect(written(1000)).toEqual(['ExecStart', ...sequence])
  expect(written(1001)).toEqual(['ExecStart', 'Nice'])
})

describe('what the fixes of a rule hang on', () => {
  const always = rules.map((rule): Rule => ({
    ...rule,
    options: rule.options,
    fixesHangOn: undefined,
  }))

  it.each(['strict', 'backup-job'])('never changes what is fixed by %s', (preset) => {
    fc.assert(
      fc.property(services, fc.constantFrom(oldestVersion, 252, newestVersion), (text, version) => {
        expect(fixed(text, version, preset, rules)).toEqual(fixed(text, version, preset, always))
      }),
      {numRuns: times(100)},
    )
  })

  it('is anything where more is written than what hardens', () => {
    const rule: Rule = {...rules[0]!, options: rules[0]!.options, fixesHangOn: ['ProtectHome']}
    const isReached = (...keys: string[]): boolean => {
      const unit = unitOf('[Service]\nExecStart=/x\n')
      return reachedBy(
        operations(
          unit,
          keys.map((key) => add('Service', key, '5')),
        ) ?? [],
      )(rule)
    }
    expect([
      isReached('ProtectHome'),
      isReached('ProtectClock'),
      isReached('ProtectClock', 'Nice'),
    ]).toEqual([true, false, true])
  })

  it('is said of each rule about what hardens', () => {
    expect(
      rules
        .filter(({directives, fixesHangOn}) => !fixesHangOn && directives.some(isHardening))
        .map(({id}) => id),
    ).toEqual([])
  })

  it('are its own directives, where it fixes anything', () => {
    const hanging = rules.filter(({fixesHangOn = []}) => fixesHangOn.length > 0)
    expect(hanging.length).toBeGreaterThan(30)
    for (const {id, directives, fixesHangOn} of hanging)
      expect(fixesHangOn, id).toEqual(expect.arrayContaining([...directives]))
  })
})

/** What one systemd drops of a unit or refuses it for. */
function faults(unit: Unit, version: number): readonly string[] {
  const {complaints, refusal} = verdict(readBy(itself(unit), target(String(version))!))
  return [
    ...complaints
      .filter(({effect}) => effect !== 'notice')
      .map(({directive}) => directive?.key ?? ''),
    ...(refusal ? [refusal.reason] : []),
  ]
}

it('is taken by the newest systemd where the oldest takes it, and the newest took what was written: what is told of it asks the oldest alone', () => {
  fc.assert(
    fc.property(
      services,
      fc.constantFrom('hardened', 'strict', 'backup-job'),
      fc.constantFrom('safe' as const, 'unsafe' as const),
      (text, preset, permitted) => {
        const written = fixedFrom(text, 252, preset, {asked: [], permitted})
        const unit = fixedFrom(text, 252, preset, {asked: rules, permitted})
        const before = faults(written, newestVersion)
        expect(
          faults(unit, newestVersion).filter(
            (fault) => !before.includes(fault) && !faults(unit, 252).includes(fault),
          ),
        ).toEqual([])
      },
    ),
    {numRuns: times(100)},
  )
})
