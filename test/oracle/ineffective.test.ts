import {VFile} from 'vfile'
import {expect, test} from 'vitest'
import noIneffectiveDirective from '../../rules/no-ineffective-directive.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {random, type Random} from './cases-random.ts'
import {oracles, verify} from './systemd.ts'

const all = oracles()

const values = {
  RuntimeMaxSec: ['5', '0', 'infinity', '', '1h'],
  RuntimeRandomizedExtraSec: ['5', '0', 'infinity'],
  RestartSteps: ['0', '3', 'x'],
  RestartMaxDelaySec: ['50ms', '100ms', '5', 'infinity', '0', ''],
  RestartSec: ['0', '50ms', '5', 'infinity', '100ms'],
  USBFunctionDescriptors: ['/a', ''],
  USBFunctionStrings: ['/a'],
  RefreshOnReload: [
    'extensions',
    'credentials',
    'yes',
    'no',
    'extensions credentials',
    '~credentials',
    '',
  ],
  SetCredential: ['a:b', ''],
  ExtensionDirectories: ['/x.v', '/x', '/x.v/'],
  Type: ['oneshot', 'simple', 'notify'],
} as const
const ofUnits = {
  JobRunningTimeoutSec: ['0', '5', '10', 'infinity'],
  JobTimeoutSec: ['0', '5', '7', 'infinity'],
} as const

function lines(pool: Readonly<Record<string, readonly string[]>>, next: Random): string {
  const some = Object.entries(pool).flatMap(([key, its]) =>
    next.chance(0.5) ? [`${key}=${next.pick(its)}\n`] : [],
  )
  return [...some, ...(next.chance(0.3) ? some.slice(0, 1) : [])].join('')
}

test.skipIf(all.length === 0).each(all.map((oracle) => [oracle.name, oracle] as const))(
  'what systemd %s says does nothing is what the rule tells of',
  async (name, oracle) => {
    const next = random(7)
    const subjects = Array.from({length: 300}, (_, index) => ({
      name: `u${index}.service`,
      text: `[Unit]\n${lines(ofUnits, next)}[Service]\nExecStart=/bin/true\n${lines(values, next)}`,
    }))
    const verdicts = await verify(oracle, subjects)
    let told = 0
    for (const subject of subjects) {
      const {loads, complaints} = verdicts.get(subject) ?? {loads: false, complaints: []}
      if (!loads) continue
      const notices = complaints.filter(
        ({line, text}) =>
          line === undefined &&
          /has no effect|but no |resetting RestartSec=|no extensions using vpick/.test(text),
      )
      // Of a short delay without steps systemd also says that it does nothing, which it does.
      const isSaidTwice =
        notices.some(({text}) => text.includes('resetting')) &&
        notices.some(({text}) => text.includes('no RestartSteps='))
      const file = new VFile({path: subject.name, value: subject.text})
      lint(file, {
        targets: [{name, version: oracle.version}],
        manager: 'system',
        rules: [{rule: noIneffectiveDirective, severity: 1, options: undefined}],
      })
      expect(file.messages.length, subject.text).toBe(notices.length - (isSaidTwice ? 1 : 0))
      told += file.messages.length
    }
    expect(told).toBeGreaterThan(50)
  },
  120_000,
)
