import {describe, expect, it} from 'vitest'
import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {effectiveUnit} from '../../src/unit/effective.ts'
import {load, unitOf, type LoadedUnit} from '../../src/unit/load.ts'
import {overridden} from '../../src/unit/overridden.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {settingKeys, settings} from '../../src/unit/settings.ts'
import type {Assignment, SourceFile} from '../../src/unit/unit.ts'
import {valuesOf} from '../../src/unit/value.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {fewLines, settled} from './show-cases.ts'
import {canDump, dumps, type Dump} from './show-dump.ts'
import type {Subject} from './subject.ts'
import {oracles} from './systemd.ts'

/** How many units to try on each systemd; `UNITLINT_CASES=20000` for a thorough run. */
const count = Number(process.env['UNITLINT_CASES'] ?? 80)
/** Another one gives other units. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)
/** How many units that differ are printed. */
const shown = Number(process.env['UNITLINT_SHOWN'] ?? 8)

const found = oracles().filter(canDump)

describe.skipIf(found.length === 0)('what counts of two or three lines', () => {
  it.each(found)('is what systemd $name makes of them', {timeout: 7_200_000}, async (oracle) => {
    const cases = [...fewLines(oracle.version, count, seed), ...settled()].map((subject) =>
      caseOf(subject, oracle.version),
    )
    const ask = async (
      which: 'subject' | 'counting' | 'trimmed',
    ): Promise<(Dump | undefined)[]> => {
      const asked = cases.map((its) => its[which])
      const answers = await dumps(oracle, asked)
      return asked.map((subject) => answers.get(subject))
    }
    const [real, flat, rest] = [await ask('subject'), await ask('counting'), await ask('trimmed')]
    const loads = (dump: Dump | undefined): boolean =>
      dump?.get('Unit Load State')?.[0] === 'loaded'
    const wrong = cases.flatMap(({subject, unit, counting}, index) => {
      const dump = real[index]
      const {refusal, complaints} = verdict(unit)
      const isRefused =
        refusal !== undefined ||
        complaints.some(({effect, file}) => effect === 'unit' && file.role === 'fragment')
      // Two units of one manager cannot have one name on the bus.
      const isAlone = valuesOf(unit, 'BusName').length === 0
      const differences = [
        ...(dump && isAlone && loads(dump) === isRefused ? [`loads: ${loads(dump)}`] : []),
        ...(loads(dump) && isAlone
          ? [
              ...differing('counting', dump, flat[index]),
              ...differing('without the overridden', dump, rest[index]),
            ]
          : []),
        ...differingViews(unit),
      ]
      const dropIns = [...(subject.dropins ?? [])].flat()
      const isKnown = (line: string): boolean =>
        line === 'counting - OOMScoreAdjust: 0' && leavesScore(subject, oracle.version)
      return differences.some((line) => !isKnown(line))
        ? [
            [
              subject.name,
              ...differences,
              String(subject.text),
              ...dropIns,
              '=>',
              String(counting.text),
            ].join('\n'),
          ]
        : []
    })
    console.log(
      `systemd ${oracle.name}: ${cases.length} units, ${wrong.length} differ`,
      wrong
        .slice(0, shown)
        .join('\n\n')
        .slice(0, shown * 1000),
    )
    expect(real.filter(loads).length).toBeGreaterThan(count / 2)
    expect(wrong).toEqual([])
  })
})

it.skipIf(found.length > 0)(
  'needs root and a systemd in the folder UNITLINT_ORACLE to ask a manager',
  (context) => context.skip(),
)

interface Case {
  readonly subject: Subject
  readonly unit: LoadedUnit
  /** The lines alone that are said to count, in one file. */
  readonly counting: Subject
  /** Without the lines that are said to be needless. */
  readonly trimmed: Subject
}

function caseOf(subject: Subject, version: number): Case {
  const unit = loaded(subject, version)
  const idle = new Set(
    [...overridden(unit)].flatMap(({assignment, isIdle, variable}) =>
      isIdle && variable?.isAlone !== false ? [assignment] : [],
    ),
  )
  const written = effectiveUnit(unit).values.flatMap(({section, key, value, origin}) =>
    origin.kind === 'written' ? [`[${section}]\n${key}=${value}\n`] : [],
  )
  const textOf = (role: SourceFile['role']): string =>
    linesOf(unit, (line) => line.file.role === role && !idle.has(line))
  return {
    subject,
    unit,
    counting: {name: subject.name, text: written.join('') || '# Nothing counts.\n'},
    trimmed: {
      name: subject.name,
      text: textOf('fragment') || '# Nothing is left.\n',
      ...(subject.dropins?.size
        ? {dropins: new Map([[`${subject.name}.d/a.conf`, textOf('drop-in')]])}
        : {}),
    },
  }
}

function linesOf({lines}: LoadedUnit, isKept: (line: Assignment) => boolean): string {
  return lines
    .map((line) => (isKept(line) ? `[${line.section}]\n${line.key}=${line.value}\n` : ''))
    .join('')
}

function loaded({name, text, dropins = new Map()}: Subject, version: number): LoadedUnit {
  const identity = unitOf(name)
  if (!identity) throw new Error(`Unexpected name ${name}`)
  const file = (
    path: string,
    content: string | Uint8Array,
    role: SourceFile['role'],
  ): SourceFile => {
    return {path, role, tree: parse(typeof content === 'string' ? content : decode(content))}
  }
  const files = [
    file(name, text, 'fragment'),
    ...[...dropins].map(([path, content]) => file(path, content, 'drop-in')),
  ]
  return load(files, {...identity, target: {name: String(version), version}, manager: 'system'})
}

/**
 * In 247 a `CoredumpFilter=` sets no filter but an OOM score of 0, which no later empty value takes
 * back: seen in its dumps, not in those of 252.
 */
function leavesScore({text, dropins}: Subject, version: number): boolean {
  return (
    version < 248 &&
    /^CoredumpFilter=[^]*^CoredumpFilter=$/m.test([text, ...(dropins?.values() ?? [])].join('\n'))
  )
}

/** What one dump has more than the other. */
function differing(what: string, one: Dump | undefined, other: Dump | undefined): string[] {
  const fields = (dump: Dump | undefined): string[] =>
    [...(dump ?? [])].flatMap(([label, values]) => values.map((value) => `${label}: ${value}`))
  const [before, after] = [fields(one), fields(other)]
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `${what} - ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `${what} + ${line}`),
  ]
}

/** What the views of one unit say otherwise than the reading. */
function differingViews(unit: LoadedUnit): string[] {
  const counting = reading(unit).lines.filter(({state}) => state === 'counts')
  const keys = new Set(
    counting.map(({assignment, facts}) => (facts?.aliasOf ?? assignment.key).replace(/^.*\./, '')),
  )
  const values = new Set(
    [...keys].flatMap((key) => valuesOf(unit, key).map(({assignment}) => assignment)),
  )
  const flat = loaded(
    {
      name: unit.name,
      text: counting
        .map(({counted}) => `[${counted.section}]\n${counted.key}=${counted.value}\n`)
        .join(''),
    },
    unit.target.version,
  )
  const [own, others] = [settings(unit), settings(flat)]
  return [
    ...counting.flatMap(({assignment}) =>
      values.has(assignment) ? [] : [`no value: ${assignment.key}=${assignment.value}`],
    ),
    ...settingKeys.flatMap((key) =>
      textOf(own[key].value) === textOf(others[key].value) ? [] : [`setting: ${key}`],
    ),
  ]
}

function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Set || part instanceof Map ? [...part] : part
  })
}
