import {scanInteger} from './integers.ts'

/** What a calendar event holds for. Parts that are undefined hold for any. */
export interface CalendarEvent {
  /** Bit by day, Monday first; 0 for any. */
  readonly weekdays: number
  /** Days count back from the end of the month: 1 is the last. */
  readonly isFromEndOfMonth: boolean
  readonly year?: Components | undefined
  /** From 1 on. */
  readonly month?: Components | undefined
  readonly day?: Components | undefined
  readonly hour?: Components | undefined
  readonly minute?: Components | undefined
  /** Seconds with their decimals, in microseconds. */
  readonly microsecond?: Components | undefined
  /** Whatever the zone of the machine is, this counts in UTC. */
  readonly isUtc?: boolean
}

export type Components = readonly Component[]

/**
 * A value, or a range from it on; without an end (-1) where it is repeated for as long as may be.
 */
export interface Component {
  readonly start: number
  readonly stop: number
  /** 0 where there is one value alone. */
  readonly repeat: number
}

/** The component that is one value. */
export function only(start: number): Components {
  return [{start, stop: -1, repeat: 0}]
}

/** Read a calendar event without its time zone; undefined for what systemd cannot read. */
export function readEvent(text: string, version: number): CalendarEvent | undefined {
  try {
    return new CalendarReader(text, version).event()
  } catch (error) {
    if (error === unreadable) return undefined
    throw error
  }
}

const unreadable = new Error('unreadable')

/** The names that begin with each other are in the order in which systemd tries them. */
const weekdayNames = [
  'monday',
  'mon',
  'tuesday',
  'tue',
  'wednesday',
  'wed',
  'thursday',
  'thu',
  'friday',
  'fri',
  'saturday',
  'sat',
  'sunday',
  'sun',
]
const largestInt = 0x7fffffff
const longestChain = 240

type EventDate = Pick<CalendarEvent, 'year' | 'month' | 'day' | 'isFromEndOfMonth'> & {
  readonly isUtc: boolean
}
type Time = Pick<CalendarEvent, 'hour' | 'minute' | 'microsecond'>

const anyDate: EventDate = {isUtc: false, isFromEndOfMonth: false}

/** Reads an event from its start, one part after the other; throws `unreadable`. */
class CalendarReader {
  private at = 0
  private readonly text: string
  private readonly version: number

  constructor(text: string, version: number) {
    this.text = text
    this.version = version
  }

  event(): CalendarEvent {
    const weekdays = this.weekdays()
    const date = this.text[this.at] === '@' ? this.moment() : this.date()
    const time = date.isUtc ? {} : this.time()
    if (this.at < this.text.length) throw unreadable
    const {day, month, hour, minute, microsecond, isFromEndOfMonth, isUtc} = {...date, ...time}
    const event = {
      weekdays,
      isFromEndOfMonth: isFromEndOfMonth && day !== undefined,
      year: date.year?.map(inCentury).map(normal),
      month: month?.map(normal),
      day: day?.map(normal),
      hour: hour?.map(normal),
      minute: minute?.map(normal),
      microsecond: microsecond?.map(normal),
      isUtc,
    }
    if (!isPossible(event)) throw unreadable
    return event
  }

  private weekdays(): number {
    let days = 0
    let from = -1
    for (let isFirst = true; ; isFirst = false) {
      const name = weekdayNames.find(
        (candidate) =>
          this.text.slice(this.at, this.at + candidate.length).toLowerCase() === candidate,
      )
      if (name === undefined) {
        if (isFirst) return 0
        throw unreadable
      }
      const day = weekdayNames.indexOf(name) >> 1
      this.at += name.length
      const next = this.text[this.at]
      if (next !== undefined && !'-., '.includes(next)) throw unreadable
      if (from > day) throw unreadable
      for (let between = from === -1 ? day : from; between <= day; between++) days |= 1 << between
      if (next === undefined) return days
      if (next === ' ') return this.blanks(days)
      if (next === ',') {
        from = -1
        this.at++
      } else {
        if (from !== -1 || (next === '.' && this.text[this.at + 1] !== '.')) throw unreadable
        from = day
        this.at += next === '.' ? 2 : 1
      }
      if (this.at === this.text.length || this.text[this.at] === ' ') {
        if (from !== -1) throw unreadable
        return this.blanks(days)
      }
    }
  }

  private date(): EventDate {
    const start = this.at
    if (start === this.text.length) return anyDate
    const first = this.chain(false)
    const separator = this.text[this.at]
    if (separator === undefined || separator === ':') {
      this.at = start
      return anyDate
    }
    if (separator !== '~' && separator !== '-') throw unreadable
    this.at++
    const second = this.chain(false)
    const end = this.text[this.at]
    if (end === undefined || end === ' ') {
      this.blanks(0)
      return {isUtc: false, month: first, day: second, isFromEndOfMonth: separator === '~'}
    }
    if (separator === '~' || (end !== '~' && end !== '-')) throw unreadable
    this.at++
    const third = this.chain(false)
    if (this.at < this.text.length && this.text[this.at] !== ' ') throw unreadable
    this.blanks(0)
    return {isUtc: false, year: first, month: second, day: third, isFromEndOfMonth: end === '~'}
  }

  /** `@` and the seconds since 1970. */
  private moment(): EventDate & Time {
    const number = scanInteger(this.text, this.at + 1, 10, this.version)
    if (!number || number.size > 0xffffffffffn || (number.isNegative && number.size > 0n))
      throw unreadable
    this.at = number.end
    const date = new Date(Number(number.size) * 1000)
    return {
      isUtc: true,
      year: only(date.getUTCFullYear()),
      month: only(date.getUTCMonth() + 1),
      day: only(date.getUTCDate()),
      isFromEndOfMonth: false,
      hour: only(date.getUTCHours()),
      minute: only(date.getUTCMinutes()),
      microsecond: only(date.getUTCSeconds() * 1_000_000),
    }
  }

  /** Midnight where there is none. */
  private time(): Time {
    if (this.at === this.text.length) return {hour: only(0), minute: only(0), microsecond: only(0)}
    const hour = this.chain(false)
    this.expectColon()
    const minute = this.chain(false)
    if (this.at === this.text.length) return {hour, minute, microsecond: only(0)}
    this.expectColon()
    return {hour, minute, microsecond: this.chain(true)}
  }

  private expectColon(): void {
    if (this.text[this.at] !== ':') throw unreadable
    this.at++
  }

  /** A `*`, or values and ranges between commas. */
  private chain(isSeconds: boolean): Components | undefined {
    if (this.text[this.at] === '*') {
      this.at++
      return isSeconds ? [{start: 0, stop: -1, repeat: 1_000_000}] : undefined
    }
    const components: Component[] = []
    for (;;) {
      if (components.length > longestChain) throw unreadable
      components.push(this.component(isSeconds))
      if (this.text[this.at] !== ',') return components
      this.at++
    }
  }

  private component(isSeconds: boolean): Component {
    const start = this.decimal(isSeconds)
    let stop = -1
    let repeat = 0
    if (this.text.startsWith('..', this.at)) {
      this.at += 2
      stop = this.decimal(isSeconds)
      repeat = isSeconds ? 1_000_000 : 1
    }
    if (this.text[this.at] === '/') {
      this.at++
      repeat = this.decimal(isSeconds)
      if (repeat === 0) throw unreadable
    } else if (start > largestInt - repeat || (isSeconds && stop >= 0 && start + repeat > stop)) {
      throw unreadable
    }
    const next = this.text[this.at]
    if (next !== undefined && !' ,-~:'.includes(next)) throw unreadable
    return {start, stop, repeat}
  }

  private decimal(isSeconds: boolean): number {
    decimalDigits.lastIndex = this.at
    const [digits] = decimalDigits.exec(this.text) ?? []
    if (digits === undefined) throw unreadable
    this.at += digits.length
    let value = Number(digits)
    if (isSeconds) {
      value *= 1_000_000
      if (this.text[this.at] === '.' && this.text[this.at + 1] !== '.') value += this.fraction()
    }
    if (value > largestInt) throw unreadable
    return value
  }

  /** Microseconds, rounded by the seventh digit. */
  private fraction(): number {
    decimalDigits.lastIndex = this.at + 1
    const [digits] = decimalDigits.exec(this.text) ?? []
    if (digits === undefined) throw unreadable
    this.at += 1 + digits.length
    return Number(digits.slice(0, 6).padEnd(6, '0')) + ((digits[6] ?? '0') >= '5' ? 1 : 0)
  }

  private blanks<Value>(value: Value): Value {
    while (this.text[this.at] === ' ') this.at++
    return value
  }
}

const decimalDigits = /[0-9]+/y

/** Years of two digits are of 1970 to 2069. */
function inCentury({start, stop, repeat}: Component): Component {
  return {start: century(start), stop: century(stop), repeat}
}

function century(year: number): number {
  return year < 0 || year >= 100 ? year : year < 70 ? year + 2000 : year + 1900
}

/** The same without a range that holds a single value. */
function normal({start, stop, repeat}: Component): Component {
  const end = stop > start && repeat > 0 ? stop - ((stop - start) % repeat) : stop
  return (end > start && repeat > 0 && start + repeat > end) || start === end
    ? {start, stop: -1, repeat: 0}
    : {start, stop: end, repeat}
}

function isPossible({
  year,
  month,
  day,
  isFromEndOfMonth,
  hour,
  minute,
  microsecond,
}: CalendarEvent): boolean {
  const isDate =
    areWithin(year, 1970, 2199) &&
    areWithin(month, 1, 12) &&
    areWithin(day, 1, 31, isFromEndOfMonth)
  return (
    isDate &&
    areWithin(hour, 0, 23) &&
    areWithin(minute, 0, 59) &&
    areWithin(microsecond, 0, 59_999_999)
  )
}

/**
 * Of days that count back from the end of the month, each bound is three days nearer than that of
 * the one before it, in their order.
 */
function areWithin(
  components: Components | undefined,
  from: number,
  last: number,
  isFromEndOfMonth = false,
): boolean {
  const chain = isFromEndOfMonth ? inOrder(components ?? []) : (components ?? [])
  return chain.every(({start, stop, repeat}, index) => {
    const to = isFromEndOfMonth ? last - 3 * (index + 1) : last
    if (start < from || start > to || repeat > to - from) return false
    if (stop >= 0) return stop >= from && stop <= to && start + repeat <= stop
    return isFromEndOfMonth ? start - repeat >= from : start + repeat <= to
  })
}

/** Sorted, each once. */
function inOrder(components: Components): Components {
  const sorted = components.toSorted(
    (one, other) => one.start - other.start || one.stop - other.stop || one.repeat - other.repeat,
  )
  return sorted.filter(({start, stop, repeat}, index) => {
    const before = sorted[index - 1]
    return before?.start !== start || before.stop !== stop || before.repeat !== repeat
  })
}
