import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {itself} from '../unit/load.ts'
import {valuesOfAny} from '../unit/value.ts'
import type {Value} from '../unit/value.ts'
import {parseCalendar} from '../values/calendar.ts'
import {nextElapse} from '../values/calendar-elapse.ts'
import type {Elapse} from '../values/calendar-elapse.ts'
import {clockOf, utcClock} from '../values/local-time.ts'

/**
 * A line by which a timer elapses again and again, and the least and the most seconds from one time
 * to the next.
 */
export interface Repetition {
  readonly line: Value
  readonly shortest: number
  readonly longest: number
}

/** The lines that say when a timer elapses without its unit having run (systemd.timer(5)). */
export function beginnings(timer: LoadedUnit): readonly Value[] {
  return [
    ...valuesOfAny(timer, times),
    ...valuesOfAny(timer, changes).filter(({boolean}) => boolean),
  ]
}

const times = ['OnActiveSec', 'OnBootSec', 'OnStartupSec', 'OnCalendar']
const changes = ['OnClockChange', 'OnTimezoneChange']

/** The directives of these lines. */
export const beginningKeys: readonly string[] = [...times, ...changes]

/** What a path waits for. */
export function watches(path: LoadedUnit): readonly Value[] {
  return valuesOfAny(path, [
    'PathExists',
    'PathExistsGlob',
    'PathChanged',
    'PathModified',
    'DirectoryNotEmpty',
  ])
}

/** The lines that count from when the unit of a timer ran: they begin nothing. */
export function continuations(timer: LoadedUnit): readonly Value[] {
  return valuesOfAny(timer, ['OnUnitActiveSec', 'OnUnitInactiveSec'])
}

/** The lines with calendar events, as many as anybody looks at. */
export function dates(timer: LoadedUnit): readonly Value[] {
  return valuesOfAny(timer, ['OnCalendar']).slice(0, mostDates)
}

/** One for each hour of a week is more than people write, and each is looked for in centuries. */
const mostDates = 168

/** The lines by which a timer starts its unit more than once, as far as is known. */
export const repetitions = query((timer: LoadedUnit): readonly Repetition[] => {
  const relative = continuations(timer).flatMap((line) =>
    line.seconds === undefined ? [] : [{line, shortest: line.seconds, longest: line.seconds}],
  )
  const dated = dates(timer).flatMap((line) => {
    const gaps = gapsOf(line, timer)
    return gaps.length === 0
      ? []
      : [
          {
            line,
            shortest: gaps.reduce((one, other) => Math.min(one, other)),
            longest: gaps.reduce((one, other) => Math.max(one, other)),
          },
        ]
  })
  return [...relative, ...dated]
}, itself)

/**
 * When an `OnCalendar=` line comes next after a moment in microseconds since 1970; undefined for
 * what systemd cannot read, and for zones that are not known here. Without a zone of its own it
 * counts in UTC, as nobody knows that of the machine.
 */
export function nextOf(line: Value, timer: LoadedUnit, after: number): Elapse | undefined {
  const {version} = timer.target
  const parsed = line.expanded === undefined ? undefined : parseCalendar(line.expanded, version)
  const clock = parsed && clockOf(parsed.zone ?? 'UTC')
  if (!clock) return undefined
  // What never comes in UTC comes in no zone, and most of what a zone's clock is asked for is to
  // find that out.
  const isNever =
    clock !== utcClock &&
    nextElapse(parsed.event, utcClock, Math.max(0, after - mostAhead), version) === 'never'
  return isNever ? 'never' : nextElapse(parsed.event, clock, after, version)
}

/** Further than the clocks of two zones are apart, in microseconds. */
const mostAhead = 2 * 86_400 * 1_000_000

/** Seconds between the next times of a line, from now on where that is known. */
function gapsOf(line: Value, timer: LoadedUnit): number[] {
  const gaps: number[] = []
  let last = nextOf(line, timer, (timer.now ?? 0) * 1000)
  for (let turn = 0; turn < looks && typeof last === 'number'; turn++) {
    const next = nextOf(line, timer, last)
    if (typeof next === 'number') gaps.push((next - last) / 1_000_000)
    last = next
  }
  return gaps
}

/** So many times show how an event repeats: over a week for one a day. */
const looks = 8
