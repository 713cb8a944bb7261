import {random, type Random} from './cases-random.ts'

/** Calendar events to work out together, on a machine in a zone. */
export interface CalendarCase {
  readonly texts: readonly string[]
  readonly zone: string
  /** Seconds since 1970. */
  readonly since: number
}

/** So many events a case; one process is asked about them. */
const together = 25

/**
 * Calendar events of all parts, many of them near the days on which the clocks of a zone are put
 * back or forward; the same for the same seed.
 */
export function* calendarCases(count: number, seed: number): Generator<CalendarCase> {
  const next = random(seed)
  for (let left = count; left > 0; left -= together) {
    // Those with zones of their own are asked for on a machine in UTC.
    const isOwn = next.chance(0.4)
    const texts = Array.from({length: Math.min(left, together)}, () => {
      const text = next.chance(0.05) ? next.pick(shorthands) : expression(next)
      return isOwn ? `${text} ${next.pick(zones)}` : text
    })
    yield {texts, zone: isOwn ? 'UTC' : next.pick(zones), since: moment(next)}
  }
}

const shorthands = [
  'minutely',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'semi-annually',
  'yearly',
  '@1800000000',
  'Mon,Fri',
  '*:*:*',
]

/**
 * With leaps forward and back, at midnight and at other hours, by half an hour, in winter, in
 * summer, and with none.
 */
const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Havana',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Antarctica/Troll',
  'EST5EDT',
]

/** Half of them within days of a leap of some zone. */
function moment(next: Random): number {
  const year = next.chance(0.8) ? next.between(2010, 2037) : next.between(1975, 2199)
  const [month, day] = next.chance(0.5)
    ? next.pick(leaps)
    : ([next.between(0, 11), next.between(1, 28)] as const)
  return (
    Date.UTC(year, month, day, next.between(0, 23), next.between(0, 59), next.between(0, 59)) / 1000
  )
}

const leaps = [
  [2, 8],
  [2, 24],
  [2, 29],
  [3, 1],
  [8, 5],
  [8, 24],
  [9, 3],
  [9, 15],
  [9, 25],
  [9, 30],
  [10, 1],
  [10, 5],
] as const

function expression(next: Random): string {
  const parts = [
    next.chance(0.3) ? weekdays(next) : '',
    next.chance(0.7) ? date(next) : '',
    next.chance(0.8) ? time(next) : '',
  ]
  return parts.filter((part) => part !== '').join(' ') || '*-*-*'
}

const names = ['Mon', 'Tue', 'Wed', 'Thursday', 'Fri', 'sat', 'SUN']

function weekdays(next: Random): string {
  const from = next.between(0, 6)
  const to = next.between(from, 6)
  return next.chance(0.5)
    ? `${names[from]}`
    : next.chance(0.5) && to > from
      ? `${names[from]}..${names[to]}`
      : `${names[from]},${names[to]}`
}

function date(next: Random): string {
  const separator = next.chance(0.25) ? '~' : '-'
  const day = separator === '~' ? chain(next, 1, 28) : chain(next, 1, 31)
  const rest = `${chain(next, 1, 12)}${separator}${day}`
  if (next.chance(0.2)) return rest
  const year = next.between(2000, 2190)
  const years = [
    [8, '*'],
    [2, `${year}`],
    [1, `${year}..2199`],
    [1, `${year}/${next.between(1, 9)}`],
    [1, `${next.between(10, 69)}`],
  ] as const
  return `${next.weighted(years)}-${rest}`
}

function time(next: Random): string {
  const [hour, minute] = [
    next.chance(0.3) ? String(next.between(0, 3)) : chain(next, 0, 23),
    chain(next, 0, 59),
  ]
  return next.chance(0.4) ? `${hour}:${minute}` : `${hour}:${minute}:${seconds(next)}`
}

function seconds(next: Random): string {
  const value = next.between(0, 59)
  const forms = [
    [3, '00'],
    [2, '*'],
    [3, String(value)],
    [2, `${value}.${next.between(0, 9_999_999)}`],
    [2, `${next.between(0, 20)}/${next.between(1, 25)}`],
    [1, `0/${next.between(0, 3)}.${next.between(1, 9)}`],
    [1, `${next.between(0, 20)}..${next.between(30, 59)}`],
    [1, `${next.between(0, 20)}..${next.between(30, 59)}/${next.between(1, 9)}`],
  ] as const
  return next.weighted(forms)
}

/** Mostly what there may be. */
function chain(next: Random, least: number, most: number): string {
  if (next.chance(0.35)) return '*'
  return Array.from(
    {
      length: next.weighted([
        [8, 1],
        [2, 2],
        [1, 4],
      ] as const),
    },
    () => component(next, least, most),
  ).join(',')
}

function component(next: Random, least: number, most: number): string {
  const from = next.between(least, most)
  const to = next.between(from, most)
  const step = next.between(1, Math.max(1, Math.ceil((most - from) / 3)))
  const forms = [
    [5, String(from)],
    [2, `${from}..${to}`],
    [2, `${from}/${step}`],
    [1, `${from}..${to}/${step}`],
    [1, String(from).padStart(2, '0')],
  ] as const
  return next.weighted(forms)
}

/** Spans of time of all units; the same for the same seed. */
export function* spanCases(count: number, seed: number): Generator<string> {
  const next = random(seed)
  for (let index = 0; index < count; index++) {
    const parts = Array.from({length: next.between(1, 3)}, () => {
      const decimals = next.chance(0.3) ? `.${next.between(0, 9999)}` : ''
      return `${next.between(0, next.pick([1, 60, 5000]))}${decimals}${next.pick(['', ' '])}${next.pick(units)}`
    })
    yield next.chance(0.03) ? 'infinity' : parts.join(' ')
  }
}

const units = [
  'us',
  'usec',
  'ms',
  'msec',
  's',
  'sec',
  'seconds',
  'm',
  'min',
  'minutes',
  'h',
  'hr',
  'hours',
  'd',
  'days',
  'w',
  'weeks',
  'M',
  'month',
  'y',
  'years',
  '',
]
