import {describe, expect, it} from 'vitest'
import {shownLines} from '../../src/cli/show/text.ts'
import {effectiveUnit} from '../../src/unit/effective.ts'
import {load, unitOf} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {generate} from '../security/generate.ts'
import {trees} from './show-cases.ts'
import {canDump, dumps, type Dump} from './show-dump.ts'
import type {Subject} from './subject.ts'
import {canScore, oracles, security, type Score} from './systemd.ts'

/** How many units of each kind to try on each systemd; `UNITLINT_SHOWS=5000` for a thorough run. */
const count = Number(process.env['UNITLINT_SHOWS'] ?? 60)
/** Another one gives other units. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

const found = oracles()

describe.skipIf(found.length === 0)('what show prints, written to one file', () => {
  it.each(found.filter(canScore))(
    'has every row of the unit with its drop-ins, for systemd $name',
    {timeout: 3_600_000},
    async (oracle) => {
      const units = subjects(oracle.version)
      const flat = units.map((unit) => shown(unit, oracle.version))
      const [before, after] = [await security(oracle, units), await security(oracle, flat)]
      const rows = (score: Score | undefined): string[] =>
        (score?.rows ?? []).map((row) => `${row.json_field} ${row.set} ${row.exposure}`)
      report(oracle.name, units, flat, (unit, its) =>
        before.get(unit) ? different(rows(before.get(unit)), rows(after.get(its))) : undefined,
      )
    },
  )

  it.each(found.filter(canDump))(
    'is the same unit to the manager of systemd $name',
    {timeout: 3_600_000},
    async (oracle) => {
      const units = subjects(oracle.version)
      const flat = units.map((unit) => shown(unit, oracle.version))
      const [before, after] = [await dumps(oracle, units), await dumps(oracle, flat)]
      const fields = (dump: Dump | undefined): string[] =>
        [...(dump ?? [])].flatMap(([label, values]) => values.map((value) => `${label}: ${value}`))
      const isLoaded = (dump: Dump | undefined): boolean =>
        dump?.get('Unit Load State')?.[0] === 'loaded'
      report(oracle.name, units, flat, (unit, its) =>
        isLoaded(before.get(unit))
          ? different(fields(before.get(unit)), fields(after.get(its)))
          : undefined,
      )
    },
  )
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)
it.skipIf(found.some(canDump))(
  'needs root and a systemd in the folder UNITLINT_ORACLE to ask a manager',
  (context) => context.skip(),
)

function subjects(version: number): Subject[] {
  return [
    ...trees(version, count, seed),
    ...Array.from({length: count}, (_, index) => generate(seed, index)),
  ]
}

/** The text that show prints for a unit, as the unit. */
function shown({name, text, dropins = new Map()}: Subject, version: number): Subject {
  const identity = unitOf(name)
  if (!identity) throw new Error(`Unexpected name ${name}`)
  const file = (
    path: string,
    content: string | Uint8Array,
    role: SourceFile['role'],
  ): SourceFile => {
    return {path, role, tree: parse(typeof content === 'string' ? content : decode(content))}
  }
  const amending = [...dropins]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, content]) => file(path, content, 'drop-in'))
  const unit = load([file(name, text, 'fragment'), ...amending], {
    ...identity,
    target: {name: String(version), version},
    manager: 'system',
  })
  const lines = shownLines(
    {...effectiveUnit(unit), files: unit.files, target: String(version)},
    {pathOf: (path) => path, all: false},
  )
  return {name, text: lines.map((line) => `${line.text}\n`).join('')}
}

/** What one list has more than the other, with a sign. */
function different(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ]
}

/**
 * Expects that hardly any unit differs: values at random hit corners of systemd that no unit is in.
 * `compare` gives undefined for a unit that does not load.
 */
function report(
  name: string,
  units: readonly Subject[],
  flat: readonly Subject[],
  compare: (unit: Subject, its: Subject) => string[] | undefined,
): void {
  const compared = units.flatMap((unit, index) => {
    const its = flat[index]
    const lines = its && compare(unit, its)
    return its && lines ? [{unit, its, lines}] : []
  })
  const bad = compared.filter(({lines}) => lines.length > 0)
  const texts = bad
    .slice(0, 5)
    .map(({unit, its, lines}) =>
      [
        unit.name,
        ...lines,
        String(unit.text),
        ...(unit.dropins ?? []),
        '=>',
        String(its.text),
      ].join('\n'),
    )
  console.log(
    `systemd ${name}: ${compared.length} units, ${bad.length} differ`,
    texts.join('\n\n').slice(0, 6000),
  )
  expect(compared.length).toBeGreaterThan(count / 2)
  expect(bad.length).toBeLessThanOrEqual(Math.ceil(compared.length * 0.002))
}
