import {everywhere} from '../facts/directives.ts'
import {newestVersion} from '../facts/targets.ts'
import {valueFacts} from '../facts/value-facts.ts'
import {parseCalendar} from '../values/calendar.ts'
import {nextElapse} from '../values/calendar-elapse.ts'
import {clockOf, utcClock} from '../values/local-time.ts'
import type {Clock, WallTime} from '../values/local-time.ts'
import {timeSpanText} from '../values/time-span-text.ts'
import {parseTimeSpan} from '../values/time.ts'
import {validate} from '../values/validate.ts'
import {list} from './page.ts'
import type {Page, PageBlock, TableRow} from './page.ts'
import type {Question} from './question.ts'

/** From when on, and how often, to tell when something comes. */
export interface Iterations {
  /** Milliseconds since 1970. */
  readonly since: number
  readonly count: number
}

/**
 * What a text is as a span of time or a calendar event (systemd.time(7)); undefined for one that is
 * neither.
 */
export function timePage(text: string, iterations: Iterations): Page | undefined {
  const parts = [...spanParts(text), ...calendarParts(text, iterations)]
  return parts.length === 0 ? undefined : [{kind: 'heading', text}, ...parts]
}

/**
 * The span or calendar event that is meant by a text that is neither: `5 mintues`, a line of cron;
 * undefined where that is not plain.
 */
export function meantTime(text: string): string | undefined {
  for (const [section, key] of [
    ['Timer', 'OnCalendar'],
    ['Service', 'RestartSec'],
  ] as const) {
    const facts = valueFacts(section, key, newestVersion)
    const context =
      facts &&
      ({
        facts,
        version: newestVersion,
        manager: 'system',
        unitType: 'timer',
        unitName: 'example.timer',
        section,
        memory: new Set<string>(),
      } as const)
    const [fault] = context ? validate(text, context) : []
    if (fault?.meant !== undefined) return fault.meant
  }
  return undefined
}

/** What the time is that a directive is given, where it takes one. */
export function timeParts({section, key, value}: Question, iterations: Iterations): PageBlock[] {
  if (value === undefined) return []
  const types = new Set(
    everywhere(key).flatMap(({sections, type}) =>
      section === undefined || sections.includes(section) ? [type] : [],
    ),
  )
  return [
    ...(types.has('timespan') ? spanParts(value) : []),
    ...(types.has('calendar') ? calendarParts(value, iterations) : []),
  ]
}

function spanParts(text: string): PageBlock[] {
  const span = parseTimeSpan(text, 's', newestVersion)
  if (span === undefined) return []
  const rows: TableRow[] = [
    ['Time span', timeSpanText(span)],
    ...(span === 'infinity' ? [] : [['Microseconds', String(span)] as const]),
  ]
  return [{kind: 'table', rows}]
}

function calendarParts(text: string, {since, count}: Iterations): PageBlock[] {
  const found = parseCalendar(text, newestVersion)
  if (!found) return []
  const {event, zone = 'localtime'} = found
  const clock = clockOf(zone)
  const name = zone === 'localtime' ? localZone() : zone
  if (!clock)
    return [
      {kind: 'text', text: `When it comes is not known: the data of ${name} are not at hand.`},
    ]
  const moments: number[] = []
  let next = nextElapse(event, clock, since * 1000, newestVersion)
  while (typeof next === 'number' && moments.push(next) < count)
    next = nextElapse(event, clock, next, newestVersion)
  const never = next === 'lost' ? 'never: systemd gives up looking for it' : 'never'
  return list(
    'Comes next',
    moments.length === 0 ? [never] : moments.map((moment) => momentText(moment, clock, name)),
  )
}

/** The time zone of this process: UTC where its name tells none, as of `TZ=:/etc/localtime`. */
function localZone(): string {
  const {timeZone = ''}: {timeZone?: string} = new Intl.DateTimeFormat().resolvedOptions()
  return timeZone.replace('Etc/Unknown', '') || 'UTC'
}

/** A moment in microseconds since 1970, as the zone's clock shows it, and in UTC. */
function momentText(moment: number, clock: Clock, zone: string): string {
  const seconds = Math.floor(moment / 1_000_000)
  const fraction = moment % 1_000_000 === 0 ? '' : `.${String(moment % 1_000_000).padStart(6, '0')}`
  const utc = `${shown(utcClock.at(seconds))}${fraction} UTC`
  return zone === 'UTC' ? utc : `${shown(clock.at(seconds))}${fraction} ${zone}, ${utc}`
}

function shown({year, month, day, hour, minute, second}: WallTime): string {
  const date = new Date(Date.UTC(year, month, day, hour, minute, second)).toISOString()
  return `${weekdays[new Date(date).getUTCDay()]} ${date.slice(0, 10)} ${date.slice(11, 19)}`
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
