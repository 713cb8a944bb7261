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
const count = Number(process.env['UNITLINT_ELAPSES'] ?? 60)
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

describe.skipIf(found.length === 0)('times', () => {
  it.each(found)('come when systemd $name says', {timeout: 1_200_000}, async (oracle) => {
    const cases = [...calendarCases(count, seed + oracle.version)]
    const theirs = await each(cases, (one) => askedElapses(one, oracle))
    const differences = cases.flatMap((one, index) => {
      const ours = elapses(one, oracle.version)
      return ours === theirs[index] ? [] : [{...one, ours, theirs: theirs[index]}]
    })
    expect(differences).toEqual([])
    // Most say something.
    expect(theirs.filter((said) => said.includes(', ')).length).toBeGreaterThan(cases.length * 0.6)
  })

  it.each(found)('last as long as systemd $name says', {timeout: 1_200_000}, async (oracle) => {
    const cases = [...spanCases(Math.ceil(count / 3), seed + oracle.version)]
    const theirs = await each(cases, (text) => askedSpan(text, oracle))
    const ours = cases.map((text) => {
      const span = parseTimeSpan(text, 's', oracle.version)
      return span === undefined ? 'unreadable' : timeSpanText(span)
    })
    expect(cases.map((text, index) => [text, ours[index]])).toEqual(cases.map((text, index) => [text, theirs[index]]))
  })
})

it.skipIf(found.length > 0)('needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE', (context) => context.skip())

/** The next five times in UTC to the second, as texts; `never`, `lost` and `unreadable` are answers too. */
function elapses({text, zone, since}: CalendarCase, version: number): string {
  const parsed = parseCalendar(text, version)
  if (!parsed) return 'unreadable'
  const moments: string[] = []
  let after = since * 1_000_000
  let clock = clockOf(parsed.zone ?? zone)
  while (clock && moments.length < 5) {
    const next = nextElapse(parsed.event, clock, after, version)
    if (next === 'lost') return 'lost'
    if (next === 'never') return moments.join(', ') || 'never'
    moments.push(
      new Date(Math.floor(next / 1_000_000) * 1000)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.000Z$/, ''),
    )
    after = next
    // What is worked out in another zone is worked out by a process of its own, which remembers nothing.
    if (parsed.zone !== undefined) clock = clockOf(parsed.zone)
  }
  return moments.join(', ')
}

async function askedElapses({text, zone, since}: CalendarCase, oracle: Oracle): Promise<string> {
  const {stdout, stderr, hasFailed} = await asked(oracle, ['calendar', '--iterations=5', `--base-time=@${since}`, text], {TZ: `:${zone}`})
  if (/Failed to determine next elapse/.test(stderr)) return 'lost'
  if (hasFailed) return 'unreadable'
  const lines = stdout.split('\n')
  const moments = lines.flatMap((line, index) => {
    const [, local] = /^\s*(?:Next elapse|Iter\S* #\d): (.*)/.exec(line) ?? []
    const [, utc] = /^\s*\(in UTC\): (.*)/.exec(lines[index + 1] ?? '') ?? []
    return local === undefined ? [] : [(utc ?? local).replace(/^\w+ (?=\d)/, '').replace(/ (?:UTC|GMT)$/, '')]
  })
  return moments.join(', ')
}

async function askedSpan(text: string, oracle: Oracle): Promise<string> {
  const {stdout, hasFailed} = await asked(oracle, ['timespan', '--', text])
  return hasFailed ? 'unreadable' : (/^\s*Human: (.*)/m.exec(stdout)?.[1] ?? '')
}

function asked(oracle: Oracle, words: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = {PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', ...more}
  return new Promise<{readonly stdout: string; readonly stderr: string; readonly hasFailed: boolean}>((resolve) => {
    execFile(oracle.command, words, {env}, (error, stdout, stderr) => resolve({stdout, stderr, hasFailed: error !== null}))
  })
}

/** Asks about all, a few at a time. */
async function each<Item>(items: readonly Item[], ask: (item: Item) => Promise<string>): Promise<readonly string[]> {
  const answers: string[] = []
  const waiting = [...items.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) answers[next[0]] = await ask(next[1])
  }
  await Promise.all(Array.from({length: availableParallelism()}, worker))
  return answers
}
