import {execFileSync} from 'node:child_process'
import {VFile} from 'vfile'
import {describe, expect, test} from 'vitest'
import noObsoleteDirective from '../../rules/no-obsolete-directive.ts'
import noOverriddenValue from '../../rules/no-overridden-value.ts'
import noUnsupportedDirective from '../../rules/no-unsupported-directive.ts'
import noWarnedLine from '../../rules/no-warned-line.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import {settingKeys} from '../../src/unit/settings.ts'
import {timeSpans} from '../../src/unit/time-parts.ts'
import {valueFacts} from '../../src/facts/value-facts.ts'
import type {Rule} from '../../src/rule/rule.ts'
import {pools} from './cases-pools.ts'
import {
  aboutTheFile,
  canScore,
  oracles,
  security,
  verify,
  type Oracle,
  type Subject,
} from './systemd.ts'

const all = oracles()
const scoring = all.filter(canScore)

test.skipIf(all.length === 0).each(all.map((oracle) => [oracle.name, oracle] as const))(
  'systemd %s counts a bare number as it is told here',
  (_name, oracle) => {
    const values = [
      '90',
      '1h 30',
      '5 30',
      '1h30',
      '.5',
      '1.5 2ms',
      '+5',
      '90 1min 7',
      '0',
      '3 M',
      '2y 4',
      '007',
    ]
    for (const value of values) {
      const [span] = timeSpans({section: 'Service', key: 'TimeoutStopSec', value}, oracle.version)
      const written =
        span?.parts.map(({number, unit}) => `${number}${unit || span.bareUnit}`).join(' ') ?? ''
      expect(written.match(/[0-9](?=\s|$)/), written).toBeNull()
      expect(microseconds(oracle, written), value).toBe(microseconds(oracle, value))
    }
  },
)

describe.skipIf(scoring.length === 0)('a fixed unit', () => {
  test.each(scoring.map((oracle) => [oracle.name, oracle] as const))(
    'has the same exposure to systemd %s without the values that are overridden',
    async (_name, oracle) => {
      const pairs = settingKeys
        .flatMap((key) => repeated(key, oracle))
        .map((text) => both(text, noOverriddenValue, oracle))
      expect(pairs.filter(({one, other}) => one.text !== other.text).length).toBeGreaterThan(50)
      const scores = await security(
        oracle,
        pairs.flatMap(({one, other}) => [one, other]),
      )
      for (const {one, other} of pairs)
        expect(scores.get(other), String(one.text)).toEqual(scores.get(one))
    },
    120_000,
  )

  test.each(all.map((oracle) => [oracle.name, oracle] as const))(
    'is no worse to systemd %s with new names of directives',
    async (_name, oracle) => {
      const old = obsolete.flatMap(([section, key, value]) =>
        valueFacts(section, key, oracle.version) ? [unitWith(section, [`${key}=${value}`])] : [],
      )
      const pairs = old.flatMap((text) =>
        [noObsoleteDirective, noUnsupportedDirective, noWarnedLine].map((rule) =>
          both(text, rule, oracle),
        ),
      )
      const changed = pairs.filter(({one, other}) => one.text !== other.text)
      expect(changed.length).toBeGreaterThan(10)
      const verdicts = await verify(
        oracle,
        changed.map(({other}) => other),
      )
      for (const {other} of changed)
        expect(verdicts.get(other)?.complaints.filter(aboutTheFile), String(other.text)).toEqual([])
    },
    120_000,
  )
})

const obsolete = [
  ['Unit', 'BindTo', 'a.service'],
  ['Unit', 'OnFailureIsolate', 'yes'],
  ['Unit', 'PropagateReloadFrom', 'a.service'],
  ['Unit', 'PropagateReloadTo', 'a.service'],
  ['Unit', 'RequisiteOverridable', 'a.service'],
  ['Unit', 'StartLimitInterval', '5min'],
  ['Service', 'BlockIODeviceWeight', '/dev/sda 500'],
  ['Service', 'BlockIOReadBandwidth', '/dev/sda 5M'],
  ['Service', 'BlockIOWeight', '10'],
  ['Service', 'CPUAccounting', 'no'],
  ['Service', 'CPUShares', '2048'],
  ['Service', 'FailureAction', 'reboot'],
  ['Service', 'InaccessibleDirectories', '-/a /b'],
  ['Service', 'MemoryLimit', '50%'],
  ['Service', 'ReadOnlyDirectories', '/a'],
  ['Service', 'ReadWriteDirectories', ''],
  ['Service', 'RebootArgument', 'a b'],
  ['Service', 'StandardError', 'syslog+console'],
  ['Service', 'StandardOutput', 'syslog'],
  ['Service', 'StartLimitAction', 'none'],
  ['Service', 'StartLimitBurst', '7'],
  ['Service', 'StartLimitInterval', '5min'],
  ['Service', 'PIDFile', '/var/run/a.pid'],
] as const

/** Units that give a directive one value after another, the empty one among them. */
function repeated(key: string, {version}: Oracle): string[] {
  const type = valueFacts('Service', key, version)?.type
  const values =
    type === undefined
      ? []
      : ['', ...(pools.get(type) ?? []).filter((value) => !value.includes('\n')).slice(0, 6)]
  return values.flatMap((one, index) =>
    [1, 2].map((step) =>
      unitWith('Service', [`${key}=${one}`, `${key}=${values[(index + step) % values.length]}`]),
    ),
  )
}

function unitWith(section: 'Unit' | 'Service', lines: readonly string[]): string {
  const [unit, service] = section === 'Unit' ? [lines, []] : [[], lines]
  return [
    '[Unit]',
    'Description=Example',
    ...unit,
    '[Service]',
    'ExecStart=/bin/sh',
    ...service,
    '',
  ].join('\n')
}

let count = 0

/** A unit as it is and as the safe fixes of a rule leave it. */
function both(text: string, rule: Rule, {name, version}: Oracle): {one: Subject; other: Subject} {
  const file = new VFile({path: 'example.service', value: text})
  lint(file, {
    rules: [{rule, severity: 2, options: {}}],
    targets: [{name, version}],
    manager: 'system',
    fix: 'safe',
  })
  count++
  return {
    one: {name: `a${count}.service`, text},
    other: {name: `b${count}.service`, text: textOf(file)},
  }
}

function microseconds({command}: Oracle, span: string): string {
  const told = execFileSync(command, ['timespan', '--', span], {
    encoding: 'utf8',
    env: {LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin'},
  })
  return /s: ([0-9]+)/.exec(told)?.[1] ?? told
}
