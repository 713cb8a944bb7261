import {describe, expect, it, vi} from 'vitest'
import noCoarseTimer from '../../rules/no-coarse-timer.ts'
import noImpossibleDate from '../../rules/no-impossible-date.ts'
import {judge} from '../../src/engine/judge.ts'
import {target} from '../../src/facts/targets.ts'

/**
 * How often the clock of a zone is read for a timer, and how many of its dates are found to come
 * never.
 */
function looked(dates: readonly string[]): {readonly readings: number; readonly never: number} {
  const reading = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts')
  const rules = [noCoarseTimer, noImpossibleDate].map((rule) => ({
    rule,
    severity: 2 as const,
    options: {},
  }))
  const text = ['[Timer]', ...dates.map((date) => `OnCalendar=${date}`), ''].join('\n')
  const options = {
    rules,
    targets: [target('257')!],
    manager: 'system',
    now: Date.UTC(2026, 0),
  } as const
  const {files, faults} = judge({files: [{path: 'a.timer', text}]}, options)
  expect(faults).toEqual([])
  const readings = reading.mock.calls.length
  reading.mockRestore()
  return {
    readings,
    never: files[0]!.findings.filter(({ruleId}) => ruleId === 'no-impossible-date').length,
  }
}

/** Dates of a kind, each another one. */
function many(count: number, date: (minute: string) => string): string[] {
  return Array.from({length: count}, (_, index) =>
    date(`${index % 24}:${index % 60}:${index % 59}`),
  )
}

describe('dates that are looked for in centuries', () => {
  it('are not looked for by the clock of a zone where they never come', () => {
    expect(looked(many(100, (time) => `*-02-30 ${time} Europe/Berlin`))).toEqual({
      readings: 0,
      never: 100,
    })
  })

  it('are so often asked of a zone as it has days, not as there are dates', () => {
    const [few, more] = [10, 100].map(
      (count) => looked(many(count, (time) => `Mon *-02-29 ${time} Pacific/Auckland`)).readings,
    )
    expect(few).toBeGreaterThan(0)
    expect(more).toBeLessThan(2 * few!)
  })

  it('are as many as people write', () => {
    expect(looked(many(1000, () => '*-02-30')).never).toBe(168)
  })
})
