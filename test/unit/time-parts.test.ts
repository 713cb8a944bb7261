import {expect, test} from 'vitest'
import {timeSpans} from '../../src/unit/time-parts.ts'

/** The unit of bare numbers, and each part with its place. */
function told(section: string, key: string, value: string): string {
  const spans = timeSpans({section, key, value}, 257)
  return spans
    .map(
      ({bareUnit, parts}) =>
        `${bareUnit}: ${parts.map(({from, to, number, unit}) => `${from}-${to} ${number}${unit}`).join(', ')}`,
    )
    .join(' | ')
}

test.each([
  ['Service', 'RestartSec', '5', 's: 0-1 5'],
  ['Service', 'RestartSec', '5s', 's: 0-2 5s'],
  ['Service', 'RestartSec', '1min 30', 's: 0-4 1min, 5-7 30'],
  ['Service', 'RestartSec', '1.5h', 's: 0-4 1.5h'],
  ['Service', 'RestartSec', '.5 s', 's: 0-4 .5s'],
  ['Service', 'RestartSec', '+5', 's: 0-2 +5'],
  ['Service', 'RestartSec', '5%', ''],
  ['Service', 'RestartSec', 'infinity', ''],
  ['Service', 'RestartSec', '1h30', 's: 0-2 1h, 2-4 30'],
  ['Service', 'RestartSec', '5µs', 's: 0-3 5µs'],
  ['Service', 'RestartSec', '5 μs', 's: 0-4 5μs'],
  ['Service', 'RestartSec', '%t5', ''],
  ['Service', 'RestartSec', '', ''],
  ['Service', 'TimerSlackNSec', '5', 'ns: 0-1 5'],
  ['Service', 'LimitCPU', '5:6s', 's: 0-1 5 | s: 2-4 6s'],
  ['Service', 'LimitCPU', '5', 's: 0-1 5'],
  ['Service', 'LimitRTTIME', '5:6', 'us: 0-1 5 | us: 2-3 6'],
  ['Service', 'LimitRTTIME', ':6', 'us:  | us: 1-2 6'],
  ['Service', 'LimitNOFILE', '5', ''],
  ['Service', 'IODeviceLatencyTargetSec', '/dev/sda 5', 's: 9-10 5'],
  ['Service', 'IODeviceLatencyTargetSec', '5', ''],
  ['Service', 'IODeviceLatencyTargetSec', '"/a b" 5', ''],
  ['Service', 'Nice', '5', ''],
  ['Service', 'StartLimitInterval', '5', 's: 0-1 5'],
  ['Unit', 'StartLimitInterval', '5', 's: 0-1 5'],
  ['Service', 'FooSec', '5', ''],
])('[%s] %s=%s has the times %j', (section, key, value, expected) => {
  expect(told(section, key, value)).toBe(expected)
})

test('no time is looked for in what nobody writes', () => {
  expect(told('Service', 'RestartSec', '5'.padStart(200))).toBe('s: 199-200 5')
  expect(told('Service', 'RestartSec', '5'.padStart(201))).toBe('')
})
