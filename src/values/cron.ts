/**
 * A line of cron as a calendar event: `0 5 * * 1-5` as `Mon..Fri *-*-* 05:00:00`; undefined for
 * what is none, or has no event of the same meaning (crontab(5)).
 */
export function eventOfCron(text: string): string | undefined {
  const shorthand = shorthands.get(text)
  const [minute, hour, day, month, weekday, ...more] = text.split(/[ \t]+/)
  if (shorthand !== undefined || weekday === undefined || more.length > 0) return shorthand
  const [minutes, hours] = [chain(minute, 0), chain(hour, 0)]
  const [days, months] = [chain(day, 1), chain(month, 1, monthNames)]
  const weekdays = daysOf(weekday)
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  )
    return undefined
  // Where both are given, cron takes days that are either.
  if (weekdays !== '' && days !== '*') return undefined
  return `${weekdays === '' ? '' : `${weekdays} `}*-${months}-${days} ${hours}:${minutes}:00`
}

const shorthands: ReadonlyMap<string, string> = new Map(
  ['hourly', 'daily', 'weekly', 'monthly', 'yearly', 'annually']
    .map((word) => [`@${word}`, word] as const)
    .concat([['@midnight', 'daily']]),
)

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const dayNames = 'sun mon tue wed thu fri sat'.split(' ')

/** Values, ranges and steps of a part as systemd writes them; undefined for what is none. */
function chain(
  text: string | undefined,
  first: 0 | 1,
  names: readonly string[] = [],
): string | undefined {
  const padded = (word: string): string => {
    const name = names.indexOf(word.toLowerCase())
    return (name === -1 ? word : String(name + first)).padStart(2, '0')
  }
  if (text === '*') return '*'
  const parts = (text ?? '').split(',').map((part) => {
    const [, from = '', to, step] =
      /^(\*|[0-9]{1,2}|[A-Za-z]{3})(?:-([0-9]{1,2}|[A-Za-z]{3}))?(?:\/([0-9]{1,2}))?$/.exec(part) ??
      []
    if (from === '' || (from === '*' && (to !== undefined || step === undefined))) return undefined
    const start = from === '*' ? padded(String(first)) : padded(from)
    // A step behind a single number counts in no cron.
    if (step !== undefined && to === undefined && from !== '*') return undefined
    return `${start}${to === undefined ? '' : `..${padded(to)}`}${step === undefined ? '' : `/${step}`}`
  })
  return parts.includes(undefined) ? undefined : parts.join(',')
}

/** Days of the week from Sunday (0 or 7) on, as systemd writes them; empty for all of them. */
function daysOf(text: string): string | undefined {
  const numberOf = (word: string): number =>
    /^[0-7]$/.test(word) ? Number(word) : dayNames.indexOf(word.toLowerCase())
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [, from = '', to = from, step = '1'] =
      /^(\*|[0-7]|[A-Za-z]{3})(?:-([0-7]|[A-Za-z]{3}))?(?:\/([1-7]))?$/.exec(part) ?? []
    const [start, end] = from === '*' ? [0, 6] : [numberOf(from), numberOf(to)]
    if (from === '' || start < 0 || end < start) return undefined
    for (let day = start; day <= end; day += Number(step)) days.add(day === 0 ? 7 : day)
  }
  if (days.size === 7) return ''
  const name = (day: number): string =>
    (dayNames[day % 7] ?? '').replace(/^./, (letter) => letter.toUpperCase())
  const runs: Array<[number, number]> = []
  for (const day of [...days].toSorted((one, other) => one - other)) {
    const last = runs.at(-1)
    if (last?.[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
    .map(([from, to]) =>
      from === to ? name(from) : `${name(from)}${to === from + 1 ? ',' : '..'}${name(to)}`,
    )
    .join(',')
}
