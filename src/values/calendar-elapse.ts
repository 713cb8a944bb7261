import type {CalendarEvent, Components} from './calendar-reader.ts'
import type {Clock, WallTime} from './local-time.ts'

/**
 * The next moment of an event: in microseconds since 1970, `never`, or `lost` where systemd gives
 * up looking.
 */
export type Elapse = number | 'never' | 'lost'

/**
 * When an event comes next after a moment in microseconds since 1970, as systemd works it out
 * (systemd.time(7), "calendar events"): part by part from the year down, each raised to the next
 * value that fits, and begun again where the clock does not show such a time.
 */
export function nextElapse(
  event: CalendarEvent,
  clock: Clock,
  after: number,
  version: number,
): Elapse {
  const start = after + 1
  const search = new ElapseSearch(
    event,
    clock,
    version,
    clock.at(Math.floor(start / second)),
    start % second,
  )
  for (let turn = 0; turn < mostTurns; turn++) {
    const found = search.turn()
    if (found !== undefined) return found
  }
  return 'lost'
}

const second = 1_000_000
const lastYear = 2199
const mostTurns = 1000

/** The parts of a time, the largest first. */
const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
type TimeField = (typeof parts)[number]
const largest = {year: lastYear, month: 11, day: 31, hour: 24, minute: 60, second: 60} as const
const smallest = {year: 0, month: 0, day: 1, hour: 0, minute: 0, second: 0} as const

class ElapseSearch {
  private time: WallTime
  private microsecond: number
  private readonly event: CalendarEvent
  private readonly clock: Clock
  private readonly version: number

  constructor(
    event: CalendarEvent,
    clock: Clock,
    version: number,
    time: WallTime,
    microsecond: number,
  ) {
    this.event = event
    this.clock = clock
    this.version = version
    this.time = time
    this.microsecond = microsecond
  }

  /** Raises what does not fit; undefined where that has to be looked at anew. */
  turn(): Elapse | undefined {
    this.normalize()
    for (const part of parts) {
      const state = this.raise(part)
      if (part === 'year' && state !== 'fits') return 'never'
      if (state === 'moved') return undefined
      if (state === 'none') {
        this.increase(part)
        return undefined
      }
      if (part === 'day' && !this.isOnWeekday()) {
        this.time.day++
        this.clearBelow('day')
        return undefined
      }
    }
    const seconds = this.clock.seconds(this.time)
    return seconds === undefined ? 'lost' : seconds * second + this.microsecond
  }

  /**
   * An hour that is left out is passed over: where winter is what is called daylight saving time,
   * old versions went back.
   */
  private normalize(): void {
    const written = {...this.time}
    this.clock.seconds(this.time)
    const different = parts.find((part) => this.time[part] !== written[part])
    const isAsWritten = parts.every(
      (part) => written[part] >= smallest[part] && written[part] <= largest[part],
    )
    if (
      this.version >= backported &&
      isAsWritten &&
      (different === 'hour' || different === 'minute') &&
      this.time[different] < written[different]
    ) {
      this.time = {...written, isSummer: this.time.isSummer}
      this.clock.seconds(this.time)
    }
    this.time.isSummer = undefined
  }

  /**
   * Takes the next value of a part that the event has: it fits, the clock shows another time, or
   * none is left.
   */
  private raise(part: TimeField): 'fits' | 'moved' | 'none' {
    const {time} = this
    const value =
      part === 'second'
        ? time.second * second + this.microsecond
        : part === 'month'
          ? time.month + 1
          : time[part]
    const next = this.nextOf(part, value)
    if (next === undefined) return 'none'
    if (part === 'second') {
      time.second = Math.floor(next / second)
      this.microsecond = next % second
    } else {
      time[part] = part === 'month' ? next - 1 : next
      if (next !== value) this.clearBelow(part)
    }
    return this.settle()
  }

  private nextOf(part: TimeField, value: number): number | undefined {
    const components = this.event[part === 'second' ? 'microsecond' : part]
    if (!components) return value
    return nextIn(
      part === 'day' && this.event.isFromEndOfMonth ? this.fromStart(components) : components,
      value,
    )
  }

  /** Days that are counted from the end of the month, counted from its start. */
  private fromStart(components: Components): Components {
    return components.map(({start, stop, repeat}) => {
      const [first, last] = [this.dayBeforeEnd(start), this.dayBeforeEnd(stop)]
      return last > 0 ? {start: last, stop: first, repeat} : {start: first, stop: last, repeat}
    })
  }

  private dayBeforeEnd(days: number): number {
    const time = {...this.time, month: this.time.month + 1, day: 1 - days}
    return this.clock.seconds(time) === undefined || time.month !== this.time.month ? -1 : time.day
  }

  /** Whether the clock shows the time; where it shows a later one, that is gone on with. */
  private settle(): 'fits' | 'moved' | 'none' {
    if (this.time.year > lastYear) return 'none'
    const shown = {...this.time}
    if (this.clock.seconds(shown) === undefined) return 'none'
    const different = parts.find((part) => shown[part] !== this.time[part])
    if (different === undefined) return 'fits'
    if (shown[different] < this.time[different]) return 'none'
    const below = parts[parts.indexOf(different) + 1]
    if (this.version >= backported && below) shown[below] = smallest[below]
    this.time = shown
    return 'moved'
  }

  /** The next of what the part is a part of. */
  private increase(part: TimeField): void {
    const whole = parts[parts.indexOf(part) - 1] ?? part
    this.time[whole]++
    this.clearBelow(whole)
  }

  private clearBelow(part: TimeField): void {
    for (const below of parts.slice(parts.indexOf(part) + 1)) this.time[below] = smallest[below]
    this.microsecond = 0
  }

  private isOnWeekday(): boolean {
    const {weekdays} = this.event
    if (weekdays === 0) return true
    const {year, month, day} = this.time
    return (weekdays & (1 << ((new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7))) !== 0
  }
}

/**
 * What packages of today have since: what follows a time that is beyond its bounds is looked at
 * from its start, and no hour that is left out leads back.
 */
const backported = 252

/** The first value from one on; undefined for none. */
function nextIn(components: Components, value: number): number | undefined {
  const found = components.flatMap(({start, stop, repeat}) => {
    if (start >= value) return [start]
    if (repeat === 0) return []
    const next = start + repeat * Math.ceil((value - start) / repeat)
    return stop < 0 || next <= stop ? [next] : []
  })
  return found.length === 0 ? undefined : found.reduce((least, next) => Math.min(least, next))
}
