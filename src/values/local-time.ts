/**
 * A date and time as a clock on the wall shows it; parts may be beyond their bounds until they are
 * normalized.
 */
export interface WallTime {
  year: number
  /** From 0 on. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  /**
   * Whether it is in what the zone calls daylight saving time; undefined where that is not known.
   */
  isSummer?: boolean | undefined
}

/**
 * A zone's clock, whose answers are those of the C library. Remembers the last offset, as that
 * does, which decides between two that fit.
 */
export interface Clock {
  /** What it shows, in seconds since 1970. */
  at(seconds: number): WallTime
  /**
   * The seconds since 1970 of a time, which is normalized on the way (mktime(3)); undefined before
   * 1970, and for times that never are.
   */
  seconds(time: WallTime): number | undefined
}

/** The clock of UTC. */
export const utcClock: Clock = {
  at: (seconds) => wallTime(seconds, false),
  seconds(time) {
    const seconds = asUtc(time)
    Object.assign(time, wallTime(seconds, false))
    return seconds < 0 ? undefined : seconds
  },
}

/**
 * The clock of a zone of the time zone database; undefined where this platform does not know it, or
 * knows it without its leap seconds.
 */
export function clockOf(zone: string): Clock | undefined {
  const name = zone.replace(/^posix\//, '')
  if (name.startsWith('right/')) return undefined
  if (name === 'UTC') return utcClock
  const its = zoneOf(
    name === 'posixrules' ? 'America/New_York' : name === 'localtime' ? undefined : name,
  )
  return its && new ZoneClock(its)
}

/** The zones that were asked for: there are a few hundred, and each takes a while to make. */
const zones = new Map<string | undefined, Zone>()

function zoneOf(name: string | undefined): Zone | undefined {
  try {
    const zone = zones.get(name) ?? new Zone(name)
    zones.set(name, zone)
    return zone
  } catch {
    return undefined
  }
}

/** Zones whose winter is what they call daylight saving time. */
const inverted: ReadonlyMap<string, Inverted> = new Map([
  ['Europe/Dublin', {standard: 3600, since: Date.UTC(1968, 9, 27) / 1000}],
  ['Eire', {standard: 3600, since: Date.UTC(1968, 9, 27) / 1000}],
  ['Africa/Casablanca', {standard: 3600, since: Date.UTC(2018, 9, 28) / 1000}],
  ['Africa/El_Aaiun', {standard: 3600, since: Date.UTC(2018, 9, 28) / 1000}],
])

interface Inverted {
  /** The offset of the rest of the year, in seconds. */
  readonly standard: number
  /** Seconds since 1970. */
  readonly since: number
}

const secondsOfDay = 86_400
/** As many as glibc makes, and as far as it looks for a season. */
const mostProbes = 6
const stride = 601_200
const farthest = 31_536_000

class ZoneClock implements Clock {
  readonly #zone: Zone
  /** How far the clock was off last time it was read backwards. */
  #guess = 0

  constructor(zone: Zone) {
    this.#zone = zone
  }

  at(seconds: number): WallTime {
    const offset = this.#zone.offset(seconds)
    return wallTime(seconds + offset, this.#zone.isSummer(seconds, offset))
  }

  /**
   * Looks for the time with that offset, the one last used at first, and corrects the offset by
   * what the clock shows then, as glibc does.
   */
  seconds(time: WallTime): number | undefined {
    const wanted = asUtc(time)
    let seconds = wanted - this.#guess
    let [before, last] = [seconds, seconds]
    let wasSummer = false
    for (let probe = 0; probe < mostProbes; probe++) {
      const shown = this.at(seconds)
      const missing = wanted - asUtc(shown)
      const isEither =
        time.isSummer === undefined
          ? !wasSummer || shown.isSummer === true
          : time.isSummer !== shown.isSummer
      const isLeftOut = seconds === before && seconds !== last && isEither
      if (missing === 0 || isLeftOut) {
        const found =
          missing === 0 ? (this.#inSeason(time, seconds, shown.isSummer) ?? seconds) : seconds
        this.#guess = wanted - found
        Object.assign(time, this.at(found))
        return found < 0 ? undefined : found
      }
      ;[before, last, wasSummer] = [last, seconds, shown.isSummer === true]
      seconds += missing
    }
    return undefined
  }

  /**
   * A time that there is twice, by what the nearest days have that are in the season which is asked
   * for; undefined where it is in that, or none is asked for.
   */
  #inSeason(time: WallTime, seconds: number, isSummer: boolean | undefined): number | undefined {
    if (time.isSummer === undefined || time.isSummer === isSummer) return undefined
    for (let distance = stride; distance < farthest; distance += stride) {
      for (const near of [seconds - distance, seconds + distance]) {
        const shown = this.at(near)
        if (shown.isSummer === time.isSummer) return near + asUtc(time) - asUtc(shown)
      }
    }
    return undefined
  }
}

/** What the time zone database says of a zone. */
class Zone {
  readonly #format: Intl.DateTimeFormat
  readonly #inverted: Inverted | undefined
  /** Days in which the offset changes have none. */
  readonly #offsets = new Map<number, number | undefined>()

  /** Throws for a name that this platform does not know. */
  constructor(timeZone: string | undefined) {
    const parts = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const
    this.#format = new Intl.DateTimeFormat('en-US', {timeZone, hourCycle: 'h23', ...parts})
    this.#inverted = inverted.get(this.#format.resolvedOptions().timeZone)
  }

  /** Seconds that its clocks are ahead of UTC. */
  offset(seconds: number): number {
    const day = Math.floor(seconds / secondsOfDay)
    if (!this.#offsets.has(day)) {
      const [first, last] = [this.#ask(day * secondsOfDay), this.#ask((day + 1) * secondsOfDay - 1)]
      this.#offsets.set(day, first === last ? first : undefined)
    }
    return this.#offsets.get(day) ?? this.#ask(seconds)
  }

  #ask(seconds: number): number {
    const shown = Object.fromEntries(
      this.#format.formatToParts(seconds * 1000).map(({type, value}) => [type, Number(value)]),
    )
    const {year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0} = shown
    return asUtc({year, month: month - 1, day, hour, minute, second}) - seconds
  }

  /** By the offsets of a year's begin and middle: platforms do not tell. */
  isSummer(seconds: number, offset: number): boolean {
    if (this.#inverted && seconds >= this.#inverted.since) return offset < this.#inverted.standard
    const year = new Date(seconds * 1000).getUTCFullYear()
    return [0, 6].some((month) => offset > this.offset(Date.UTC(year, month) / 1000))
  }
}

function wallTime(seconds: number, isSummer: boolean): WallTime {
  const date = new Date(seconds * 1000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    isSummer,
  }
}

function asUtc({year, month, day, hour, minute, second}: WallTime): number {
  return Date.UTC(year, month, day, hour, minute, second) / 1000
}
