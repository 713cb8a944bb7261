import {execFile} from 'node:child_process'
import {availableParallelism} from 'node:os'
import {describe, expect, it} from 'vitest'
import {parseCalendar} from '../../src/values/calendar.ts'
import {nextElapse} from '../../src/values/calendar-elapse.ts'
import {clockOf} from '../../src/values/local-time.ts'
import {timeSpanText} from '../../src/values/time-span-text.ts'
import {parseTimeSpan} from '../../src/values/time.ts'
import {calendarCases, spanCases} from './calendar-cases.ts'
import type {CalendarCase} from './calendar-cases.ts'
import {oracles} from './systemd.ts'
import type {Oracle} from './systemd.ts'

const found = oracles()
/** How many events to work out for each version; `UNITLINT_ELAPSES=5000` for a thorough search. */
const count = Number(process.env['UNITLINT_ELAPSES'] ?? 500)
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

describe.skipIf(found.length === 0)('times', () => {
  it.each(found)('come when systemd $name says', {timeout: 1_200_000}, async (oracle) => {
    const cases = [...calendarCases(count, seed + oracle.version)]
    const asked = await each(cases, (one) => askedElapses(one, oracle))
    const differences = cases.flatMap((one, index) => {
      const [ours, theirs] = [elapses(one, oracle.version), asked[index]]
      return one.texts.flatMap((text, at) =>
        ours[at] === theirs?.[at]
          ? []
          : [{...one, texts: text, ours: ours[at], theirs: theirs?.[at]}],
      )
    })
    expect(differences).toEqual([])
    const said = asked.flat()
    expect(said).toHaveLength(count)
    // Most say something.
    expect(said.filter((one) => one.includes(', ')).length).toBeGreaterThan(count * 0.6)
  })

  it.each(found)('last as long as systemd $name says', {timeout: 1_200_000}, async (oracle) => {
    const cases = [...spanCases(Math.ceil(count / 20), seed + oracle.version)]
    const theirs = await each(cases, (text) => askedSpan(text, oracle))
    const ours = cases.map((text) => {
      const span = parseTimeSpan(text, 's', oracle.version)
      return span === undefined ? 'unreadable' : timeSpanText(span)
    })
    expect(cases.map((text, index) => [text, ours[index]])).toEqual(
      cases.map((text, index) => [text, theirs[index]]),
    )
  })
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

/**
 * Of each event the next five times in UTC to the second, as a text; `never`, `lost` and
 * `unreadable` are answers too.
 */
function elapses({texts, zone, since}: CalendarCase, version: number): readonly string[] {
  // What one process works out in its own zone follows from what it worked out before.
  const shared = clockOf(zone)
  return texts.map((text) => {
    const parsed = parseCalendar(text, version)
    if (!parsed) return 'unreadable'
    const moments: string[] = []
    let after = since * 1_000_000
    while (moments.length < 5) {
      // In another zone a process of its own does it.
      const clock = parsed.zone === undefined ? shared : clockOf(parsed.zone)
      const next = clock ? nextElapse(parsed.event, clock, after, version) : 'lost'
      if (next === 'lost') return 'lost'
      if (next === 'never') return moments.join(', ') || 'never'
      moments.push(inSeconds(next))
      after = next
    }
    return moments.join(', ')
  })
}

function inSeconds(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1_000_000) * 1000)
    .toISOString()
    .replace('T', ' ')
    .replace('.000Z', '')
}

async function askedElapses(
  {texts, zone, since}: CalendarCase,
  oracle: Oracle,
): Promise<readonly string[]> {
  const {stdout, stderr} = await asked(
    oracle,
    ['calendar', '--iterations=5', `--base-time=@${since}`, ...texts],
    {TZ: `:${zone}`},
  )
  // A line without text is between each two, and nothing stands there for one that failed.
  const blocks: string[][] = [[]]
  for (const line of stdout.replace(/\n$/, '').split('\n')) {
    if (line === '') blocks.push([])
    else blocks.at(-1)?.push(line)
  }
  return texts.map((text, index) => {
    if (stderr.includes(`Failed to determine next elapse for '${text}'`)) return 'lost'
    return momentsIn(blocks[index] ?? []) || 'unreadable'
  })
}

function momentsIn(lines: readonly string[]): string {
  const moments = lines.flatMap((line, index) => {
    const [, local] = /^\s*(?:Next elapse|Iter\S* #\d): (.*)/.exec(line) ?? []
    const [, utc] = /^\s*\(in UTC\): (.*)/.exec(lines[index + 1] ?? '') ?? []
    return local === undefined
      ? []
      : [(utc ?? local).replace(/^\w+ (?=\d)/, '').replace(/ (?:UTC|GMT)$/, '')]
  })
  return moments.join(', ')
}

async function askedSpan(text: string, oracle: Oracle): Promise<string> {
  const {stdout, hasFailed} = await asked(oracle, ['timespan', '--', text])
  return hasFailed ? 'unreadable' : (/^\s*Human: (.*)/m.exec(stdout)?.[1] ?? '')
}

function asked(
  oracle: Oracle,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
) {
  const env = {PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', ...more}
  return new Promise<{
    readonly stdout: string
    readonly stderr: string
    readonly hasFailed: boolean
  }>((resolve) => {
    execFile(oracle.command, words, {env}, (error, stdout, stderr) =>
      resolve({stdout, stderr, hasFailed: error !== null}),
    )
  })
}

/** Asks about all, a few at a time. */
async function each<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const waiting = [...items.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) answers[next[0]] = await ask(next[1])
  }
  await Promise.all(Array.from({length: availableParallelism()}, worker))
  return answers
}
