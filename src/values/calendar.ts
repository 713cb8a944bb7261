import {nearest} from '../facts/nearest.ts'
import {only, readEvent} from './calendar-reader.ts'
import type {CalendarEvent, Components} from './calendar-reader.ts'
import {eventOfCron} from './cron.ts'
import {expand} from './expansion.ts'
import {lineFault, type Validator} from './fault.ts'
import {plainly} from './meant.ts'
import {quote} from './quote.ts'
import {isInstalledZone} from './time-zones.ts'

/** Points in time: `OnCalendar=` (systemd.time(7), "calendar events"). */
export const calendar: Validator = function* (value, context) {
  const {version} = context
  const text = expand(value, context)
  const event = text === undefined ? undefined : parseCalendar(text, version)?.event
  if (!event) {
    const meant = plainly(value, calendar, context, meantEvent)
    const isCron = meant !== undefined && meant === eventOfCron(value)
    const expected = isCron
      ? ` of cron, expected ${quote(meant)}`
      : ', expected a calendar event such as `Mon..Fri *-*-* 03:00`'
    yield lineFault(value, `Unexpected ${quote(value)}${expected}`, meant)
  } else if (version >= 259 && !fallsOnItsWeekday(event)) {
    yield {
      from: 0,
      to: value.length,
      message: `Expected the week day of the date, ${quote(value)} never comes`,
      effect: 'notice',
    }
  }
}

/**
 * `2030-01-01T12:00` as ISO 8601 has it, a line or `@daily` of cron, `every 5 minutes`, a shorthand
 * with a slip, and a date that runs into the time.
 */
function meantEvent(bare: string): string {
  const event = eventOfCron(bare)
  if (event !== undefined) return event
  const [, count = '', unit = ''] =
    /^every (?:([1-9][0-9]?) )?(minute|hour|day|week|month|year)s?$/i.exec(bare) ?? []
  if (unit !== '' && count === '') return ofUnits.get(unit.toLowerCase()) ?? bare
  if (/^(?:minute|hour)$/i.test(unit))
    return unit.toLowerCase() === 'hour' ? `0/${count}:00` : `*:0/${count}`
  const shorthand = /^[a-z]{4,}$/i.test(bare) ? nearest(bare, ofUnits.values(), 2) : undefined
  if (shorthand !== undefined) return shorthand
  return bare
    .replace(/^([0-9]{4}-[0-9]{2}-[0-9]{2})T/, '$1 ')
    .replace(/^([0-9*]+-[0-9*]+-\*)(?=[0-9*])/, '$1 ')
}

const ofUnits: ReadonlyMap<string, string> = new Map(
  ['minutely', 'hourly', 'weekly', 'monthly', 'yearly']
    .map((word) => [word.slice(0, -2), word] as const)
    .concat([['day', 'daily']]),
)

/** An event and the time zone that it counts in, which is the machine's where none is written. */
export interface ZonedEvent {
  readonly event: CalendarEvent
  readonly zone: string | undefined
}

/** Parse a calendar event; undefined for what systemd cannot read. */
export function parseCalendar(text: string, version: number): ZonedEvent | undefined {
  const {rest, zone} = withoutZone(text)
  if (rest === '') return undefined
  const event = shorthands.get(rest.toLowerCase()) ?? readEvent(rest, version)
  return event && {event, zone: event.isUtc ? 'UTC' : zone}
}

const anyDay: CalendarEvent = {weekdays: 0, isFromEndOfMonth: false, microsecond: only(0)}
const daily: CalendarEvent = {...anyDay, minute: only(0), hour: only(0)}
const monthly = {...daily, day: only(1)}
const yearly = {...monthly, month: only(1)}
const quarterly = {...monthly, month: [1, 4, 7, 10].flatMap(only)}
const biannually = {...monthly, month: [1, 7].flatMap(only)}

const shorthands: ReadonlyMap<string, CalendarEvent> = new Map([
  ['minutely', anyDay],
  ['hourly', {...anyDay, minute: only(0)}],
  ['daily', daily],
  ['weekly', {...daily, weekdays: 1}],
  ['monthly', monthly],
  ['quarterly', quarterly],
  ...['annually', 'yearly', 'anually'].map((word) => [word, yearly] as const),
  ...['biannually', 'bi-annually', 'semiannually', 'semi-annually'].map(
    (word) => [word, biannually] as const,
  ),
])

/** The text without the time zone at its end, and that. */
function withoutZone(text: string): {rest: string; zone: string | undefined} {
  if (/ utc$/i.test(text.slice(-4))) return {rest: text.slice(0, -4), zone: 'UTC'}
  const space = text.lastIndexOf(' ')
  const zone = text.slice(space + 1)
  return space !== -1 && isZone(zone)
    ? {rest: text.slice(0, space), zone}
    : {rest: text, zone: undefined}
}

/**
 * Whether a zone of this name is among those that the time zone database installs
 * (systemd.time(7)). Beside its zones, packages have the zone of the machine, that of the rules of
 * POSIX, and all zones again without and with leap seconds.
 */
function isZone(name: string): boolean {
  const [, zone = ''] = /^(?:posix\/|right\/)?([A-Za-z0-9_+/-]+)$/.exec(name) ?? []
  if (name === 'localtime' || name === 'posixrules') return true
  return /[A-Za-z]/.test(zone) && isInstalledZone(zone)
}

/** Whether a fixed date with week days falls on one of them; true for all other events. */
function fallsOnItsWeekday({weekdays, isFromEndOfMonth, year, month, day}: CalendarEvent): boolean {
  const [y, m, d] = [fixed(year), fixed(month), fixed(day)]
  if (weekdays === 0 || isFromEndOfMonth || y === undefined || m === undefined || d === undefined)
    return true
  const date = new Date(Date.UTC(y, m - 1, d))
  if (date.getUTCMonth() !== m - 1) return true
  return (weekdays & (1 << ((date.getUTCDay() + 6) % 7))) !== 0
}

function fixed(components: Components | undefined): number | undefined {
  const [first, ...others] = components ?? []
  if (first?.repeat !== 0 || (first.stop >= 0 && first.stop !== first.start)) return undefined
  return others.every(
    ({start, stop, repeat}) =>
      start === first.start && stop === first.stop && repeat === first.repeat,
  )
    ? first.start
    : undefined
}
