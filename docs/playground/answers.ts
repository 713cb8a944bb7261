import {exposurePlan} from '../../src/engine/exposure-plan.ts'
import type {ActiveRule, LintOptions} from '../../src/engine/options.ts'
import {judge} from '../../src/engine/judge.ts'
import type {Finding} from '../../src/engine/finding.ts'
import {sourceOf} from '../../src/engine/reader.ts'
import {presetOptions} from '../../configs/options.ts'
import {target as targetNamed} from '../../src/facts/targets.ts'
import {sightOf} from '../../src/machine/sight.ts'
import {messageOf} from '../../src/rule/thrown.ts'
import type {Rule} from '../../src/rule/rule.ts'
import {assess} from '../../src/security/index.ts'
import {load, managerOf, unitOf} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'

/** What is typed, and how it is to be judged. */
export interface Question {
  /** Texts by their paths: `app.service`, `app.service.d/a.conf`. */
  readonly files: Readonly<Record<string, string>>
  /** The file that is looked at: its unit's exposure and plan are told. */
  readonly active: string
  readonly preset: string
  /** The systemd to judge by, and another beside it; empty: all that are supported, and none. */
  readonly targets: readonly [first: string, second: string]
  readonly wants: {readonly plan: boolean; readonly fix: 'safe' | 'unsafe' | undefined}
}

/** A finding with its place as offsets of the text. */
export interface Shown {
  readonly file: string
  readonly ruleId: string
  readonly severity: 0 | 1 | 2
  readonly message: string
  readonly note: string | undefined
  readonly line: number
  readonly from: number
  readonly to: number
  readonly fix:
    | {
        readonly title: string
        readonly applicability: string
        readonly edits: ReadonlyArray<{
          readonly range: readonly [number, number]
          readonly text: string
        }>
      }
    | undefined
}

/** A row of the exposure of a unit. */
export interface ExposureRow {
  readonly name: string
  readonly description: string
  readonly exposure: string | null
  readonly set: boolean | null
}

/** The exposure of a unit for one systemd. */
export interface ExposureTable {
  readonly target: string
  readonly total: number
  readonly level: string
  readonly rows: readonly ExposureRow[]
}

/** A step of a plan. */
export interface PlannedStep {
  readonly title: string
  readonly ruleId: string
  readonly by: string | undefined
  readonly applicability: string
  readonly gain: number
  readonly total: number
}

/** All that the page shows. */
export interface Answer {
  readonly findings: readonly Shown[]
  /** Of the second systemd, where one is named. */
  readonly beside: readonly Shown[] | undefined
  readonly exposures: ReadonlyArray<
    ExposureTable | {readonly target: string; readonly refused: string}
  >
  /** Texts as all fixes of the wanted kind leave them, where one is wanted. */
  readonly fixed: Readonly<Record<string, string>> | undefined
  readonly plan: readonly PlannedStep[] | undefined
  readonly faults: readonly string[]
}

/**
 * Judge all files, as the command does those of a folder. Throws where a preset or a systemd has no
 * such name.
 */
export function answer(question: Question, own: readonly Rule[] = []): Answer {
  const {active, targets, wants} = question
  const files = cleaned(question.files)
  const [first, second] = targets.map((name) => optionsFor(question.preset, name, own))
  if (!first) throw new Error('Expected a preset')
  const units = unitsOf(files)
  const judged = judgeAll(files, units, {...first, fix: undefined})
  const fixed = wants.fix && judgeAll(files, units, {...first, fix: wants.fix})
  const unit = units.find((paths) => paths.includes(active))
  const asked = targets.flatMap((name, index) => (index === 0 || name !== '' ? [name] : []))
  return {
    findings: judged.findings,
    beside:
      targets[1] === '' || !second
        ? undefined
        : judgeAll(files, units, {...second, fix: undefined}).findings,
    exposures: unit ? asked.flatMap((name) => exposureFor(files, unit, name) ?? []) : [],
    fixed: fixed && {...files, ...fixed.texts},
    plan: unit && wants.plan ? planFor(files, unit, first, own) : undefined,
    faults: [...judged.faults],
  }
}

/** Files whose names could be those of units; others have nothing to judge. */
function cleaned(files: Question['files']): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => unitOf(name) !== undefined))
}

function optionsFor(preset: string, name: string, own: readonly Rule[]): LintOptions {
  const options = presetOptions(preset)
  if (!options) throw new Error(`Unexpected preset \`${preset}\``)
  const rulesOfPage = own.map((rule): ActiveRule => ({
    rule,
    severity: 2,
    options: rule.options.parse({}),
  }))
  const its = name === '' ? undefined : targetNamed(name)
  if (name !== '' && !its) throw new Error(`Unexpected systemd \`${name}\``)
  return {
    ...options,
    ...(its ? {targets: [its], upTo: undefined} : {}),
    rules: [...options.rules, ...rulesOfPage],
  }
}

/** The files of each unit, its main one first; a drop-in without its unit stands alone. */
function unitsOf(files: Readonly<Record<string, string>>): string[][] {
  const sight = sightOf(files)
  const taken = new Set<string>()
  const units = Object.keys(files).flatMap((path) => {
    if (unitOf(path)?.role !== 'fragment') return []
    const {state, fragment, dropIns} = sight.find(path)
    if (state !== 'found' || fragment !== path) return [[path]]
    for (const dropIn of dropIns) taken.add(dropIn)
    return [[path, ...dropIns]]
  })
  return [
    ...units,
    ...Object.keys(files).flatMap((path) =>
      unitOf(path)?.role === 'drop-in' && !taken.has(path) ? [[path]] : [],
    ),
  ]
}

function judgeAll(
  files: Readonly<Record<string, string>>,
  units: readonly string[][],
  options: LintOptions,
) {
  const sight = sightOf(files)
  const findings = new Map<string, Shown>()
  const faults: string[] = []
  const texts: Record<string, string> = {}
  for (const paths of units) {
    const [main = '', ...others] = paths
    const textOf = (path: string) => ({path, text: files[path] ?? ''})
    const {files: judged, faults: its} = judge(
      {files: [textOf(main), ...others.map(textOf)], sight},
      {...options, manager: managerOf(main)},
    )
    for (const {path, text, findings: found} of judged) {
      texts[path] = text
      // A drop-in of several units is told of once.
      for (const finding of found)
        findings.set(
          JSON.stringify([path, finding.ruleId, finding.message, finding.position.start]),
          shown(path, text, finding),
        )
    }
    faults.push(...its.map(({message}) => message))
  }
  const byPlace = (a: Shown, b: Shown): number =>
    a.file === b.file ? b.severity - a.severity || a.from - b.from : 0
  return {findings: [...findings.values()].toSorted(byPlace), faults, texts}
}

function shown(
  file: string,
  text: string,
  {ruleId, severity, message, note, position, fix}: Finding,
): Shown {
  const {start, end} = position
  const from = offsetOf(text, start)
  return {
    file,
    ruleId,
    severity,
    message,
    note,
    line: start.line,
    from,
    to: Math.max(from, offsetOf(text, end)),
    fix: fix && {
      title: fix.title,
      applicability: fix.applicability,
      edits: fix.edits.map(({range: [at, to], text: its}) => ({range: [at, to], text: its})),
    },
  }
}

function offsetOf(text: string, {line, column, offset}: Finding['position']['start']): number {
  if (offset !== undefined) return Math.min(offset, text.length)
  let at = 0
  for (let number = 1; number < line; number++) {
    const next = text.indexOf('\n', at)
    if (next === -1) break
    at = next + 1
  }
  return Math.min(at + column - 1, text.length)
}

function sourcesOf(files: Readonly<Record<string, string>>, unit: readonly string[]): SourceFile[] {
  return unit.map((path, index) =>
    sourceOf(
      {path, text: files[path] ?? ''},
      index === 0 ? (unitOf(path)?.role ?? 'fragment') : 'drop-in',
    ),
  )
}

function exposureFor(
  files: Readonly<Record<string, string>>,
  unit: readonly string[],
  name: string,
): Answer['exposures'][number] | undefined {
  const identity = unitOf(unit[0] ?? '')
  const its = targetNamed(name === '' ? '252' : name)
  if (!identity || !its || identity.type !== 'service') return undefined
  const assessed = assess(
    load(sourcesOf(files, unit), {...identity, target: its, manager: managerOf(unit[0] ?? '')}),
  )
  if (assessed.refused) return {target: its.name, refused: assessed.refused.reason}
  return {
    target: its.name,
    total: assessed.total,
    level: assessed.level,
    rows: assessed.rows.map(({name: row, description, exposure, set}) => ({
      name: row,
      description,
      exposure,
      set,
    })),
  }
}

function planFor(
  files: Readonly<Record<string, string>>,
  unit: readonly string[],
  {targets, profile}: LintOptions,
  own: readonly Rule[],
): PlannedStep[] {
  const identity = unitOf(unit[0] ?? '')
  const [oldest] = targets
  const strict = optionsFor('strict', '', own)
  if (!identity || !oldest || identity.type !== 'service') return []
  try {
    const context = {...identity, target: oldest, manager: managerOf(unit[0] ?? '')}
    const plan = exposurePlan(sourcesOf(files, unit), context, {
      ...strict,
      targets,
      profile,
      fix: undefined,
    })
    return (plan?.steps ?? []).map(({title, ruleId, by, applicability, gain, total}) => ({
      title,
      ruleId,
      by,
      applicability,
      gain,
      total,
    }))
  } catch (cause) {
    throw new Error(`No plan: ${messageOf(cause)}`, {cause})
  }
}
