import {describe, expect, it} from 'vitest'
import {refused, said} from './said.ts'

describe('a span of time', () => {
  it('is a row of numbers and units', () => {
    expect(
      refused('Service.TimeoutStopSec', [
        '0',
        '5',
        '90s',
        '1h30min',
        '30min1h',
        '5 5',
        '.5s',
        '1.5h',
        '+5',
        '1M',
        'infinity',
        '5µs',
      ]),
    ).toEqual([])
    expect(
      refused('Service.TimeoutStopSec', [
        '5S',
        '5.',
        '1.5.5s',
        '-1',
        '5s -1',
        '1e3',
        '0x10',
        '1ns',
        'inf',
        'infinity 1s',
        '5:00',
        '1s,1s',
      ]),
    ).toHaveLength(12)
  })

  it('fits 64 bits of microseconds', () => {
    const values = [
      '584541y',
      '584542y',
      '18446744073709551614us',
      '9223372036854775807us',
      '18446744073708.5s',
    ]
    expect(refused('Service.TimeoutStopSec', values)).toEqual(['584542y', '18446744073709551614us'])
  })

  it('knows the Greek letter since 252', () => {
    expect(refused('Service.RestartSec', ['5μs', '5µs'], 247)).toEqual(['5μs'])
    expect(refused('Service.RestartSec', ['5μs', '5µs'], 252)).toEqual([])
  })

  it.each([
    ['5S', '5s'],
    ['10 Min', '10 min'],
    ['90s # a while', '90s'],
    ['Infinity', 'infinity'],
  ])('means by %s %s', (value, meant) => {
    expect(said(`Service.RestartSec=${value}`)).toEqual([
      `0-${value.length} line: Unexpected \`${value}\`, expected a time span such as \`5min 20s\` → ${meant}`,
    ])
  })

  it('has a least length where the directive says so', () => {
    expect(
      refused('Service.ManagedOOMMemoryPressureDurationSec', [
        '1s',
        '999ms',
        '0',
        'infinity',
        '1min',
      ]),
    ).toEqual(['999ms', '0', 'infinity'])
  })

  it('expands specifiers in timers', () => {
    expect(refused('Timer.OnBootSec', ['%U5s', '5%%', '%z'])).toEqual(['5%%', '%z'])
    expect(refused('Service.RestartSec', ['%U5s'])).toEqual(['%U5s'])
  })
})

describe('nanoseconds', () => {
  it('have units of their own', () => {
    expect(
      refused('Service.TimerSlackNSec', ['50', '50ns', '50nsec', '1.5us', '1h', '5NS', '-1']),
    ).toEqual(['5NS', '-1'])
  })
})
