import {describe, expect, it} from 'vitest'
import {cases} from './cases.ts'
import {disagreements, type Disagreement} from './verify-cases.ts'
import {oracles} from './systemd.ts'

/** How many assignments to try on each systemd; `UNITLINT_CASES=200000` for a thorough run. */
const count = Number(process.env['UNITLINT_CASES'] ?? 6000)
/** Another one gives other assignments. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)
/** How many disagreements are printed in full. */
const shown = Number(process.env['UNITLINT_SHOWN'] ?? 40)

const found = oracles()

describe.skipIf(found.length === 0)('what verify complains of', () => {
  it.each(found)(
    'is what systemd $name complains of, for assignments of all directives',
    {timeout: 3_600_000},
    async (oracle) => {
      const total = new Map<string, number>()
      const bad: Disagreement[] = []
      for (const part of inParts(cases(oracle.version, count, seed), 20_000)) {
        for (const {type} of part) total.set(type, (total.get(type) ?? 0) + 1)
        bad.push(...(await disagreements(oracle, part)))
      }
      console.log(report(oracle.name, total, bad))
      expect(1 - bad.length / count).toBeGreaterThanOrEqual(0.999)
    },
  )
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

function* inParts<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let part: Item[] = []
  for (const item of items) {
    part.push(item)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** A table of cases and disagreements by type, and the first disagreements in full. */
function report(
  name: string,
  total: ReadonlyMap<string, number>,
  bad: readonly Disagreement[],
): string {
  const byType = [...total]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([type, cases]) => [type, cases, bad.filter((one) => one.case.type === type).length] as const,
    )
  const all = byType.reduce((sum, [, cases]) => sum + cases, 0)
  const rows = [
    ['type', 'cases', 'disagreements'] as const,
    ...byType,
    ['all', all, bad.length] as const,
  ]
  const table = rows.map(
    ([type, cases, wrong]) =>
      `${type.padEnd(40)}${String(cases).padStart(8)}${String(wrong).padStart(16)}`,
  )
  return [`systemd ${name}`, ...table, ...bad.slice(0, shown).map(inFull)].join('\n')
}

function inFull({case: {unitType, section, key, value}, systemd, unitlint}: Disagreement): string {
  const said = ({texts, ends}: Disagreement['systemd']): string =>
    `${ends ? '(ends) ' : ''}${texts.join(' / ') || 'nothing'}`
  return `${unitType} [${section}] ${key}=${JSON.stringify(value)}\n  systemd: ${said(systemd)}\n  unitlint: ${said(unitlint)}`
}
