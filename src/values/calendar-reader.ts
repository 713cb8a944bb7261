import {scan} from './integers.ts'

/** What a calendar event holds for. */
export interface CalendarEvent {
  /** Bit by day, Monday first; 0 for any. */
  readonly weekdays: number
  readonly isFromEndOfMonth: boolean
  /** Undefined stands for any. */
  readonly year: readonly Component[] | undefined
  readonly month: readonly Component[] | undefined
  readonly day: readonly Component[] | undefined
}

export interface Component {
  readonly start: number
  readonly stop: number
  readonly repeat: number
}

/** Read a calendar event without its time zone; undefined for what systemd cannot read. */
export function readEvent(text: string, version: number): CalendarEvent | undefined {
  try {
    return new Reader(text, version).event()
  } catch (error) {
    if (error === unreadable) return undefined
    throw error
  }
}

const unreadable = new Error('unreadable')

/** The names that begin with each other are in the order in which systemd tries them. */
const weekdayNames = ['monday', 'mon', 'tuesday', 'tue', 'wednesday', 'wed', 'thursday', 'thu', 'friday', 'fri', 'saturday', 'sat', 'sunday', 'sun']
const largestInt = 0x7fffffff
const longestChain = 240

/** Reads an event from its start, one part after the other; throws `unreadable`. */
class Reader {
  private at = 0
  private readonly text: string
  private readonly version: number

  constructor(text: string, version: number) {
    this.text = text
    this.version = version
  }

  event(): CalendarEvent {
    const weekdays = this.weekdays()
    const date = this.date()
    if (!date.isMoment) this.time()
    if (this.at < this.text.length) throw unreadable
    const {year, month, day, isFromEndOfMonth} = date
    const event = {
      weekdays,
      isFromEndOfMonth: isFromEndOfMonth && day !== undefined,
      year: year?.map(inCentury).map(normal),
      month: month?.map(normal),
      day: day?.map(normal),
    }
    const isValid = areWithin(event.year, 1970, 2199) && areWithin(event.month, 1, 12) && areWithin(event.day, 1, 31, event.isFromEndOfMonth)
    if (!isValid) throw unreadable
    return event
  }

  private weekdays(): number {
    let days = 0
    let from = -1
    for (let isFirst = true; ; isFirst = false) {
      const name = weekdayNames.find((candidate) => this.text.slice(this.at, this.at + candidate.length).toLowerCase() === candidate)
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

  private date(): {
    isMoment: boolean
    year?: Component[] | undefined
    month?: Component[] | undefined
    day?: Component[] | undefined
    isFromEndOfMonth: boolean
  } {
    const start = this.at
    if (this.text[start] === '@') return this.moment()
    if (start === this.text.length) return {isMoment: false, isFromEndOfMonth: false}
    const first = this.chain(false)
    const separator = this.text[this.at]
    if (separator === undefined || separator === ':') {
      this.at = start
      return {isMoment: false, isFromEndOfMonth: false}
    }
    if (separator !== '~' && separator !== '-') throw unreadable
    this.at++
    const second = this.chain(false)
    const end = this.text[this.at]
    if (end === undefined || end === ' ') {
      this.blanks(0)
      return {isMoment: false, month: first, day: second, isFromEndOfMonth: separator === '~'}
    }
    if (separator === '~' || (end !== '~' && end !== '-')) throw unreadable
    this.at++
    const third = this.chain(false)
    if (this.at < this.text.length && this.text[this.at] !== ' ') throw unreadable
    this.blanks(0)
    return {isMoment: false, year: first, month: second, day: third, isFromEndOfMonth: end === '~'}
  }

  /** `@` and the seconds since 1970. */
  private moment(): {isMoment: boolean; year: Component[]; month: Component[]; day: Component[]; isFromEndOfMonth: boolean} {
    const number = scan(this.text, this.at + 1, 10, this.version)
    if (!number || number.size > 0xffffffffffn || (number.isNegative && number.size > 0n)) throw unreadable
    this.at = number.end
    const date = new Date(Number(number.size) * 1000)
    return {
      isMoment: true,
      year: only(date.getUTCFullYear()),
      month: only(date.getUTCMonth() + 1),
      day: only(date.getUTCDate()),
      isFromEndOfMonth: false,
    }
  }

  private time(): void {
    if (this.at === this.text.length) return
    const hour = this.chain(false)
    this.expectColon()
    const minute = this.chain(false)
    let microsecond: Component[] | undefined
    if (this.at < this.text.length) {
      this.expectColon()
      microsecond = this.chain(true)
    }
    const isValid = areWithin(hour?.map(normal), 0, 23) && areWithin(minute?.map(normal), 0, 59) && areWithin(microsecond?.map(normal), 0, 59_999_999)
    if (!isValid) throw unreadable
  }

  private expectColon(): void {
    if (this.text[this.at] !== ':') throw unreadable
    this.at++
  }

  /** A `*`, or values and ranges between commas. */
  private chain(isSeconds: boolean): Component[] | undefined {
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

function only(start: number): Component[] {
  return [{start, stop: -1, repeat: 0}]
}

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
  return (end > start && repeat > 0 && start + repeat > end) || start === end ? {start, stop: -1, repeat: 0} : {start, stop: end, repeat}
}

function areWithin(components: readonly Component[] | undefined, from: number, last: number, isFromEndOfMonth = false): boolean {
  const to = isFromEndOfMonth ? last - 3 : last
  return (components ?? []).every(({start, stop, repeat}) => {
    if (start < from || start > to || repeat > to - from) return false
    if (stop >= 0) return stop >= from && stop <= to && start + repeat <= stop
    return isFromEndOfMonth ? start - repeat >= from : start + repeat <= to
  })
}
