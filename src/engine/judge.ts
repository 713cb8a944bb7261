import {defaultTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Sight} from '../machine/sight.ts'
import type {Choice} from '../needs/kind.ts'
import {messageOf, placeOfFault} from '../rule/thrown.ts'
import type {Unit} from '../rule/unit.ts'
import {exposure} from '../security/index.ts'
import {excess} from '../unit/excess.ts'
import {positionOf} from '../syntax/place.ts'
import type {Position} from '../syntax/tree.ts'
import {unitOf} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {union} from './by-target.ts'
import type {Checked, Crash} from './check.ts'
import type {Exposure, Finding} from './finding.ts'
import {fixedUnit} from './fixed-unit.ts'
import {whyLeftBare} from './left-bare.ts'
import type {LintOptions} from './options.ts'
import {readerFor, sourceOf} from './reader.ts'
import type {UnitReader} from './reader.ts'
import {settle} from './settle.ts'
import type {Settled, CheckedUnit} from './settle.ts'
import {tell} from './tell.ts'
import {timed} from './timing.ts'

/** A file of a unit, as it stands. */
export interface UnitText {
  /** As people know it; its name tells what unit it is. */
  readonly path: string
  readonly text: string
  /** Its permission bits, where they are known. */
  readonly mode?: number | undefined
  /** Whether fixes may change it; default: yes. */
  readonly isChangeable?: boolean
}

/** A unit to judge: the files that it is made of, and what is known of it beside them. */
export interface WrittenUnit {
  /**
   * The main file, or a drop-in alone; then the drop-ins that amend it, in the order in which
   * systemd reads them.
   */
  readonly files: readonly [UnitText, ...UnitText[]]
  /**
   * What unit it is, where the path of its first file does not tell, as of an instance; else see
   * `unitOf`.
   */
  readonly identity?: UnitIdentity | undefined
  /** The other units of the run; absent: it is alone. */
  readonly sight?: Sight | undefined
}

/** A file of a unit as fixes left it, and what is found in it. */
export interface JudgedFile {
  readonly path: string
  readonly text: string
  /** In the order of their places. */
  readonly findings: readonly Finding[]
}

/** What kept a unit, or a rule, from being judged. */
export interface Fault {
  readonly message: string
  /** The rule that is at fault; absent: the unit is too much, or unitlint is at fault. */
  readonly ruleId?: string
  readonly cause?: unknown
  /** Where in the unit it has to do with something, as far as that is known. */
  readonly at?: {readonly path: string; readonly position: Position}
}

/** All there is to say of a unit. */
export interface Judgement {
  /** One for each file of the unit, in their order. */
  readonly files: readonly JudgedFile[]
  readonly faults: readonly Fault[]
  /** Fixes that were made, by rule, in the order made. */
  readonly applied: readonly string[]
  /** Only of services that systemd would load. */
  readonly exposure?: Exposure | undefined
  /** The profile that evidence chose, where that was left to it. */
  readonly choice?: Choice | undefined
}

/**
 * Judge a unit by rules: what is to be told of each of its files, with `fix` once all fixes are
 * made.
 *
 * Reads and writes nothing but what it is given. Never throws: what goes wrong is among the faults.
 */
export function judge(unit: WrittenUnit, options: LintOptions): Judgement {
  try {
    const [first] = unit.files
    const identity = unit.identity ?? unitOf(first.path)
    if (!identity) return untouched(unit, {findings: [noUnit]})
    const tooMuch = excess(unit.files.map(({text}) => text))
    if (tooMuch !== undefined)
      return untouched(unit, {faults: [{message: `Not linted: ${tooMuch}`}]})
    return judged(unit, identity, options)
  } catch (cause) {
    // Half of it is worse than nothing: a text that was not fixed to its end, or findings that look
    // like all there are.
    return untouched(unit, {faults: [failure(cause)]})
  }
}

/** What to say when unitlint itself fails at a unit. */
export function failure(cause: unknown): Fault {
  const message = `Not linted, which is a fault of unitlint: ${messageOf(cause)}`
  return {
    message: `${message}. The other files are; \`ignores\` in a config leaves this one out`,
    cause,
  }
}

const noUnit: Finding = {
  ruleId: '',
  severity: 2,
  message: 'Expected a file name that ends like a unit, such as `.service`',
  position: {start: {line: 1, column: 1, offset: 0}, end: {line: 1, column: 1, offset: 0}},
}

/** The files as they are, with what there is to say of the first. */
function untouched(
  {files}: WrittenUnit,
  {findings = [], faults = []}: {findings?: readonly Finding[]; faults?: readonly Fault[]},
): Judgement {
  const its = files.map(({path, text}, index) => ({
    path,
    text,
    findings: index === 0 ? findings : [],
  }))
  return {files: its, faults, applied: []}
}

function judged(
  {files, sight}: WrittenUnit,
  identity: UnitIdentity,
  options: LintOptions,
): Judgement {
  const targets = byVersion(options.targets)
  // Fixes must suit all targets, so the oldest decides what may be written.
  const [oldest = defaultTarget] = targets
  const reader = readerFor(oldest, identity, options, sight)
  const {timing} = options
  const written = timed(timing, 'parse', () =>
    files.map((file, index) => sourceOf(file, index === 0 ? identity.role : 'drop-in')),
  )
  const unit = reader.read(written)
  const first: CheckedUnit = {sources: written, unit, checked: reader.ask(unit, options.rules)}
  const place = options.into === undefined ? -1 : files.findIndex(({path}) => path === options.into)
  // Where a drop-in takes all fixes, no other file is changed.
  const kept = place === -1 ? files.filter(({isChangeable = true}) => !isChangeable) : []
  const untouchable = new Set(kept.map(({path}) => path))
  const settled = options.fix
    ? settle(first, options, {reader, place, untouchable})
    : {...first, applied: [], unsettled: []}
  const {sources, applied, checked} = settled
  const located = targets.map((target) => {
    if (target === oldest) return checked.located
    const other = readerFor(target, identity, {...options, fix: undefined}, sight)
    return other.ask(other.read(sources), options.rules).located
  })
  return {
    files: timed(timing, 'messages', () => findings(sources, union(targets, located), options)),
    faults: [...checked.crashes.map((crash) => crashed(crash, sources)), ...unsettled(settled)],
    applied,
    choice: unit.choice,
    exposure: timed(timing, 'exposure', () =>
      exposureOf({first, settled, identity, target: oldest, reader, untouchable}, options),
    ),
  }
}

function byVersion(targets: readonly Target[]): readonly Target[] {
  return targets.length === 0
    ? [defaultTarget]
    : targets.toSorted((one, other) => one.version - other.version)
}

/** What is told of each file, after its comments had their say. */
function findings(
  sources: readonly SourceFile[],
  located: Checked['located'],
  options: LintOptions,
): JudgedFile[] {
  const {kept, remarks} = tell(sources, located, options)
  const byFile = new Map<SourceFile, Finding[]>(sources.map((file) => [file, []]))
  for (const {file, finding} of kept) byFile.get(file)?.push(finding())
  return sources.map((file) => {
    const its = [...(byFile.get(file) ?? []), ...remarks(file)]
    return {path: file.path, text: file.tree.text, findings: its.toSorted(byPlace)}
  })
}

function byPlace(one: Finding, other: Finding): number {
  const [{start}, {start: behind}] = [one.position, other.position]
  return (
    start.line - behind.line || start.column - behind.column || (one.ruleId < other.ruleId ? -1 : 1)
  )
}

function crashed({ruleId, cause}: Crash, sources: readonly SourceFile[]): Fault {
  const fault = {ruleId, cause, message: `Rule \`${ruleId}\` failed: ${messageOf(cause)}`}
  const {file, span} = placeOfFault(cause) ?? {}
  // Of a line that is written nowhere there is no place to tell.
  if (!file || !span || !sources.includes(file)) return fault
  return {...fault, at: {path: file.path, position: positionOf(file.tree, span)}}
}

function unsettled({unsettled: [ruleId, ...others]}: Settled): Fault[] {
  if (ruleId === undefined) return []
  const more =
    others.length === 0 ? '' : ` with those of ${others.map((id) => `\`${id}\``).join(', ')}`
  return [crashed({ruleId, cause: new Error(`its fixes do not settle${more}`)}, [])]
}

/** What the exposure of a unit is asked of. */
interface Exposed {
  readonly first: CheckedUnit
  readonly settled: Settled
  readonly identity: UnitIdentity
  readonly target: Target
  readonly reader: UnitReader
  readonly untouchable: ReadonlySet<string>
}

/** The exposure before and after the fixes that are made, or would be. */
function exposureOf(
  {
    first: {unit, checked},
    settled,
    identity: {role, type},
    target,
    reader: {facade, ask},
    untouchable,
  }: Exposed,
  options: LintOptions,
): Exposure | undefined {
  const before =
    options.exposure !== false && role === 'fragment' && type === 'service'
      ? exposure(unit)
      : undefined
  if (before === undefined) return undefined
  const fixed = (): Unit =>
    fixedUnit(unit, checked, {options, untouchable, permitted: 'safe', facade, ask})
  const after = exposure(options.fix ? settled.unit : fixed())
  if (after === undefined) return undefined
  const because = before === after ? whyLeftBare(unit, before, options) : undefined
  return {target: target.name, before, after, ...(because !== undefined && {because})}
}
