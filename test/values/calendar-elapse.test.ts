import {describe, expect, it} from 'vitest'
import {parseCalendar} from '../../src/values/calendar.ts'
import {nextElapse} from '../../src/values/calendar-elapse.ts'
import {clockOf} from '../../src/values/local-time.ts'
import {timeSpanText} from '../../src/values/time-span-text.ts'
import {parseTimeSpan} from '../../src/values/time.ts'

/** The next times of an event, in UTC to the minute, or to all that there is of them. */
function comes(text: string, since: string, count = 3, version = 257): string[] {
  const parsed = parseCalendar(text, version)
  const clock = clockOf(parsed?.zone ?? 'UTC')
  if (!parsed || !clock) return []
  const moments: string[] = []
  let after: number | string = Date.parse(since) * 1000
  while (typeof after === 'number' && moments.length < count) {
    after = nextElapse(parsed.event, clock, after, version)
    moments.push(
      typeof after === 'number'
        ? new Date(after / 1000).toISOString().replace(/(?::00)?\.000Z$/, '')
        : after,
    )
  }
  return moments
}

describe('a calendar event', () => {
  it.each([
    ['daily', ['2027-01-01T00:00', '2027-01-02T00:00', '2027-01-03T00:00']],
    ['quarterly', ['2027-01-01T00:00', '2027-04-01T00:00', '2027-07-01T00:00']],
    ['Mon *-*-1..7 10:00', ['2027-01-04T10:00', '2027-02-01T10:00', '2027-03-01T10:00']],
    ['*-2-29', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['*-*~1', ['2027-01-31T00:00', '2027-02-28T00:00', '2027-03-31T00:00']],
    ['*:0/20', ['2026-12-31T12:20', '2026-12-31T12:40', '2026-12-31T13:00']],
    [
      '*:*:0.5',
      ['2026-12-31T12:00:00.500Z', '2026-12-31T12:01:00.500Z', '2026-12-31T12:02:00.500Z'],
    ],
    ['@1800000000', ['2027-01-15T08:00', 'never']],
    ['2020-01-01', ['never']],
    ['*-02-30', ['never']],
    ['Mon 2026-12-25', ['never']],
    ['2199-12-31', ['2199-12-31T00:00', 'never']],
  ])('%s comes at its times', (text, expected) => {
    expect(comes(text, '2026-12-31T12:00Z')).toEqual(expected)
  })

  it('is passed over where a zone leaves the hour out, and comes once where it has it twice', () => {
    expect(comes('2:30 Europe/Berlin', '2027-03-26T12:00Z')).toEqual([
      '2027-03-27T01:30',
      '2027-03-29T00:30',
      '2027-03-30T00:30',
    ])
    expect(comes('2:30 Europe/Berlin', '2026-10-24T12:00Z')).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
      '2026-10-27T01:30',
    ])
    expect(comes('1:30 Europe/Dublin', '2027-03-27T12:00Z', 2)).toEqual([
      '2027-03-29T00:30',
      '2027-03-30T00:30',
    ])
    expect(comes('0:30 America/Havana', '2027-03-13T12:00Z', 1)).toEqual(['2027-03-15T04:30'])
    expect(comes('hourly Europe/Dublin', '2025-03-29T23:30Z')).toEqual([
      '2025-03-30T00:00',
      '2025-03-30T01:00',
      '2025-03-30T02:00',
    ])
  })

  it('is lost, as for systemd, where a month that begins in winter time leads back to the one before', () => {
    expect(comes('*-*-20/3 Africa/Cairo', '1984-04-30T10:00Z', 2)).toEqual(['lost'])
    expect(comes('*-*-20/3 Africa/Cairo', '1984-05-01T10:00Z', 2)).toEqual([
      '1984-05-19T21:00',
      '1984-05-22T21:00',
    ])
  })

  it('was worked out otherwise by old versions, which forgot what follows the last second', () => {
    expect(comes('16:*:12/21', '2026-12-31T16:00:54Z', 2, 247)).toEqual([
      '2026-12-31T16:01:33',
      '2026-12-31T16:01:54',
    ])
    expect(comes('16:*:12/21', '2026-12-31T16:00:54Z', 2, 252)).toEqual([
      '2026-12-31T16:01:12',
      '2026-12-31T16:01:33',
    ])
  })

  it('is not known of zones with leap seconds, and of such that are none', () => {
    expect(clockOf('right/Europe/Berlin')).toBeUndefined()
    expect(clockOf('Europe/Atlantis')).toBeUndefined()
    expect(clockOf('posix/Europe/Berlin')?.at(0).hour).toBe(1)
  })
})

it('writes spans of time as systemd does', () => {
  const spans = [
    '30 min',
    '1.5s',
    '90061s',
    '400ms 20us',
    '61min 1.5s',
    '1d 1us',
    '3.2y',
    '0',
    'infinity',
  ]
  expect(
    spans.map((text) => {
      const span = parseTimeSpan(text, 's', 257)
      return span === undefined ? undefined : timeSpanText(span)
    }),
  ).toEqual([
    '30min',
    '1.500000s',
    '1d 1h 1min 1s',
    '400.020ms',
    '1h 1min 1.500000s',
    '1d 1us',
    '3y 2month 1w 5d 4h 12min',
    '0',
    'infinity',
  ])
})
