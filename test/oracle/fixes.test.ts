import {describe, expect, it} from 'vitest'
import {alone, mendings, type Mending} from './fixes.ts'
import type {Subject} from './subject.ts'
import {
  aboutTheFile,
  canScore,
  oracles,
  security,
  verify,
  type Oracle,
  type Score,
  type Verdict,
} from './systemd.ts'

/** How many lines to spoil for each systemd; `UNITLINT_FIXES=20000` for a thorough run. */
const count = Number(process.env['UNITLINT_FIXES'] ?? 600)
/** Another one gives other lines. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)
/** How many bad fixes are printed in full. */
const shown = Number(process.env['UNITLINT_SHOWN'] ?? 20)

const found = oracles()

describe.skipIf(found.length === 0)('fixes', () => {
  it.each(found)(
    'mean what was meant, and systemd $name takes them',
    {timeout: 3_600_000},
    async (oracle) => {
      const judged = await judge(oracle, [...mendings(oracle.version, count, seed)])
      console.log(report(oracle.name, judged))
      const wrong = judged.filter(({wrong}) => wrong !== undefined)
      const offered = judged.filter(({fixed}) => fixed !== undefined && fixed.by !== 'safe')
      const misled = offered.filter(({wrong}) => wrong !== undefined)
      expect(misled.length / Math.max(offered.length, 1)).toBeLessThanOrEqual(0.03)
      expect(
        wrong.filter(({fixed}) => fixed === undefined || fixed.by === 'safe').map(inFull),
      ).toEqual([])
    },
  )
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

interface Judged extends Mending {
  /** Whether systemd complains of what was made of the line. */
  readonly isBroken: boolean
  /** Why the fix is not what was meant. */
  readonly wrong: string | undefined
}

async function judge(oracle: Oracle, all: readonly Mending[]): Promise<Judged[]> {
  const subjects = new Map<string, Subject>()
  const subject = ({unitType}: Mending, text: string): Subject => {
    const known = subjects.get(`${unitType} ${text}`)
    if (known) return known
    const name = alone.has(unitType) ? 'x' : `x${subjects.size}x`
    const made = {name: `${name}.${unitType}`, text}
    subjects.set(`${unitType} ${text}`, made)
    return made
  }
  for (const one of all)
    for (const text of [one.good, one.broken, one.safely, ...(one.fixed ? [one.fixed.text] : [])])
      subject(one, text)
  const verdicts = await verify(oracle, [...subjects.values()])
  const isClean = (one: Mending, text: string): boolean =>
    isContent(verdicts.get(subject(one, text)))
  const sound = all.filter((one) => isClean(one, one.good))
  const services = sound.filter(
    ({unitType, fixed, isAsMeant}) => unitType === 'service' && fixed && isAsMeant,
  )
  const scores = canScore(oracle)
    ? await security(
        oracle,
        services.flatMap((one) => [subject(one, one.good), subject(one, one.fixed?.text ?? '')]),
      )
    : new Map<Subject, Score | undefined>()
  return sound.map((one) => {
    const isBroken = !isClean(one, one.broken)
    const {fixed} = one
    // Of two units with the same name on the bus in a folder, only one can be loaded.
    const areScored = [one.good, fixed?.text ?? ''].every(
      (text) => scores.get(subject(one, text)) !== undefined,
    )
    const rows = (text: string): string =>
      JSON.stringify(
        scores.get(subject(one, text))?.rows.map(({name, set, exposure}) => [name, set, exposure]),
      )
    const wrong =
      !isBroken && one.foundBy.length === 0 && one.safely !== one.broken
        ? 'an accepted line was changed'
        : fixed && !isClean(one, fixed.text)
          ? 'systemd complains of it'
          : fixed && !one.isAsMeant
            ? 'another meaning'
            : fixed && areScored && rows(fixed.text) !== rows(one.good)
              ? 'another exposure'
              : undefined
    return {...one, isBroken, wrong}
  })
}

function isContent(verdict: Verdict | undefined): boolean {
  return verdict?.loads === true && !verdict.complaints.some(aboutTheFile)
}

/**
 * Two tables, by mistake and by rule, the first bad fixes and, when asked for, all lines without a
 * fix.
 */
function report(name: string, judged: readonly Judged[]): string {
  const broken = judged.filter(({isBroken, foundBy}) => isBroken || foundBy.length > 0)
  const left =
    process.env['UNITLINT_UNFIXED'] === undefined
      ? []
      : broken.filter(({fixed}) => fixed === undefined)
  return [
    `systemd ${name}`,
    ...table(
      'mistake',
      grouped(judged, ({corruption}) => [corruption]),
    ),
    ...table(
      'rule',
      grouped(broken, ({foundBy}) => foundBy),
    ),
    ...judged
      .filter(({wrong}) => wrong !== undefined)
      .slice(0, shown)
      .map(inFull),
    ...left.map(({corruption, broken: text}) => `no fix (${corruption}): ${JSON.stringify(text)}`),
  ].join('\n')
}

function table(title: string, groups: ReadonlyMap<string, readonly Judged[]>): string[] {
  const rows = [...groups].map(([group, all]) => {
    const broken = all.filter(({isBroken, foundBy}) => isBroken || foundBy.length > 0)
    const by = (kind: string): number =>
      broken.filter(({fixed}) => (fixed?.by ?? 'none') === kind).length
    return [
      group,
      all.length,
      broken.length,
      by('safe'),
      by('unsafe'),
      by('suggestion'),
      by('none'),
      all.filter(({wrong}) => wrong !== undefined).length,
    ]
  })
  const heads = [title, 'lines', 'broken', 'safe', 'unsafe', 'suggestion', 'no fix', 'wrong']
  return [heads, ...rows].map(
    ([first, ...rest]) =>
      String(first).padEnd(34) + rest.map((cell) => String(cell).padStart(11)).join(''),
  )
}

function grouped(
  judged: readonly Judged[],
  keysOf: (one: Judged) => readonly string[],
): Map<string, Judged[]> {
  const groups = new Map<string, Judged[]>()
  for (const one of judged) {
    for (const key of keysOf(one)) {
      const group = groups.get(key)
      if (group) group.push(one)
      else groups.set(key, [one])
    }
  }
  return groups
}

function inFull({corruption, foundBy, broken, good, fixed, safely, wrong}: Judged): string {
  return `${corruption} (${foundBy.join(' ')}): ${wrong}\n  broken: ${JSON.stringify(broken)}\n  ${fixed?.by ?? 'safe'}: ${JSON.stringify(fixed?.text ?? safely)}\n  good: ${JSON.stringify(good)}`
}
