import {directive} from '../facts/directives.ts'
import {impliedBy, isHardening, isLateBoot} from '../facts/hardening.ts'
import {defaultTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Unit} from '../rule/unit.ts'
import {failingLines} from '../unit/environment.ts'
import {itself, readBy} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {verdict} from '../unit/verdict.ts'
import {amended} from './amend.ts'
import {keysOf} from './operations.ts'
import type {Operation} from './operations.ts'
import type {NewLine} from './anchors.ts'
import {permittedFix} from './proposal.ts'
import type {Facade, Proposal, ReadyFix} from './proposal.ts'
import {safety} from './safety.ts'

/** Fixes that can all be made, and the unit with them. */
export interface Plan {
  readonly accepted: readonly Accepted[]
  readonly operations: readonly Operation[]
  /** All that they do is to harden. */
  readonly isHardening: boolean
  /** The unit itself where nothing is accepted. */
  readonly unit: Unit
}

/** A fix that is to be made, and who proposes it. */
export interface Accepted {
  readonly proposal: Proposal
  readonly fix: ReadyFix
}

/**
 * Plan as many fixes as go together; what does not is found again in the unit with them.
 *
 * Taken in order of rule id. Additions in one place all go: most hardening rules append a line to
 * the same section, so without this few could. A fix waits when one that goes first may make it
 * needless, or sets the same. What systemd would refuse while it does not refuse the unit is not
 * taken, nor what the unit with the others shows to be needed.
 */
export function plan(
  unit: Unit,
  proposals: readonly Proposal[],
  permitted: 'safe' | 'unsafe',
  facade: Facade,
  targets: readonly Target[] = [],
): Plan {
  let candidates = proposals
    .flatMap((proposal): Accepted[] => {
      const fix = permittedFix(proposal, permitted)
      return fix ? [{proposal, fix}] : []
    })
    .toSorted(byRule)
  for (;;) {
    const accepted = compatible(candidates)
    if (accepted.length === 0) return {accepted: [], operations: [], isHardening: true, unit}
    const together = unitWith(unit, accepted, facade)
    const denied = isRefused(together, unit, targets)
      ? refusedAmong(unit, accepted, facade, targets)
      : neededAmong(unit, accepted, together, facade)
    if (denied.size === 0) {
      const operations = accepted.flatMap(({fix}) => fix.operations)
      return {
        accepted,
        operations,
        isHardening: together.evidence === unit.evidence,
        unit: together,
      }
    }
    // What waited for these need not wait any more.
    candidates = candidates.filter((candidate) => !denied.has(candidate))
  }
}

/**
 * Whether a systemd, its own or one of these, refuses a unit, or reads less of it, and does not so
 * with another.
 */
export function isRefused(unit: Unit, before: Unit, targets: readonly Target[] = []): boolean {
  if (isRefusedMore(unit, before) || failsMore(itself(unit), itself(before), targets)) return true
  const others = targets.filter(({version}) => version !== unit.target.version)
  return others.some((target) =>
    isRefusedMore(judgedBy(itself(unit), target), judgedBy(itself(before), target)),
  )
}

/** Whether a service does not start with a line where it runs, and does without. */
function failsMore(unit: LoadedUnit, before: LoadedUnit, targets: readonly Target[]): boolean {
  return [unit.target, ...targets].some((target) => {
    if (!target.environments) return false
    const failing = new Set(failingLines(readBy(before, target)))
    return failingLines(readBy(unit, target)).some((line) => !failing.has(line))
  })
}

function judgedBy(unit: LoadedUnit, target: Target): Judged {
  const loaded = readBy(unit, target)
  return {verdict: verdict(loaded), isReadable: loaded.isReadable}
}

type Judged = Pick<Unit, 'verdict' | 'isReadable'>

function isRefusedMore(unit: Judged, before: Judged): boolean {
  const [was, is] = [refusalOf(before), refusalOf(unit)]
  return (is.isWhole && !was.isWhole) || is.ended > was.ended
}

function refusalOf({verdict, isReadable}: Judged): {
  readonly isWhole: boolean
  readonly ended: number
} {
  const ending = verdict.complaints.filter(({effect}) => effect === 'unit')
  const isEnded = ending.some(({file}) => file.role === 'fragment')
  return {isWhole: verdict.refusal !== undefined || !isReadable || isEnded, ended: ending.length}
}

function byRule(one: Accepted, other: Accepted): number {
  return (
    Number(one.proposal.ruleId > other.proposal.ruleId) -
    Number(one.proposal.ruleId < other.proposal.ruleId)
  )
}

/** Those that can be made at once, the first ones first. */
function compatible(candidates: readonly Accepted[]): Accepted[] {
  const implied = impliedByOthers(candidates)
  // Early in the boot some restrictions are not asked for.
  const isBootOpen = candidates.some(({fix}) =>
    keysOf(fix.operations).includes('DefaultDependencies'),
  )
  const lines = new LineUse()
  return candidates.filter(({proposal: {ruleId, directives}, fix}) => {
    if (
      directives.some(
        (directive) => implied(directive, ruleId) || (isBootOpen && isLateBoot(directive)),
      )
    )
      return false
    return lines.take(ruleId, fix.operations)
  })
}

/** Whether what another rule is about implies a directive. */
function impliedByOthers(
  candidates: readonly Accepted[],
): (directive: string, ruleId: string) => boolean {
  const by = new Map<string, Set<string>>()
  for (const {
    proposal: {ruleId, directives},
  } of candidates) {
    for (const directive of directives.flatMap(impliedBy)) {
      const rules = by.get(directive) ?? new Set()
      by.set(directive, rules.add(ruleId))
    }
  }
  return (directive, ruleId) => [...(by.get(directive) ?? [])].some((other) => other !== ruleId)
}

/** What is done to a line that is there. */
type ChangeOfLine = Exclude<Operation, {kind: 'insert'}>

/** The lines that fixes are about. */
export class LineUse {
  readonly #changed = new Map<unknown, readonly ChangeOfLine[]>()
  /** By rule, so that one may add several lines of a kind, though none twice. */
  readonly #added = new Map<string, string>()

  /** Take the lines of a fix, unless others have them. */
  take(ruleId: string, all: readonly Operation[]): boolean {
    const added = all.flatMap((operation) =>
      operation.kind === 'insert' ? linesOf(operation) : [],
    )
    if (added.some((line) => (this.#added.get(line) ?? ruleId) !== ruleId)) return false
    if (added.some((line) => line.includes('=') && this.#added.has(line))) return false
    const changing = all.filter((operation) => operation.kind !== 'insert')
    if (
      changing.some((operation) =>
        this.#changesOf(operation).some((other) => areAtOdds(operation, other)),
      )
    )
      return false
    for (const line of added) this.#added.set(line, ruleId)
    for (const operation of changing)
      this.#changed.set(operation.entry, [...this.#changesOf(operation), operation])
    return true
  }

  #changesOf({entry}: ChangeOfLine): readonly ChangeOfLine[] {
    return this.#changed.get(entry) ?? []
  }
}

/** What an insertion adds: its lines, and the directives of those that harden or have one value. */
function linesOf({section, lines}: Extract<Operation, {kind: 'insert'}>): string[] {
  return [
    ...lines.map(([key, value]) => `${section}.${key}=${value}`),
    ...lines
      .filter((line) => isHardeningOf(line) || hasOneValue(section, line))
      .map(([key]) => `${section}.${key}`),
  ]
}

/** Whether of several lines of a directive the last one alone counts. */
function hasOneValue(section: string, [key]: NewLine): boolean {
  return directive(section, key, defaultTarget.version)?.repeat === 'replace'
}

/** Whether two operations on one line cannot both be made. */
function areAtOdds(one: ChangeOfLine, other: ChangeOfLine): boolean {
  const kinds = new Set([one.kind, other.kind])
  if (one.kind === 'word' && other.kind === 'word') {
    return one.span.start <= other.span.end && other.span.start <= one.span.end
  }
  return kinds.size === 1 || kinds.has('remove') || kinds.has('assign') || !kinds.has('key')
}

function unitWith(unit: Unit, accepted: readonly Accepted[], facade: Facade): Unit {
  const all = accepted.flatMap(({fix}) => fix.operations)
  return facade(amended(unit, all), evidenceWith(unit, accepted))
}

/** What shows what a unit with fixes needs: what they write beside hardening shows it as well. */
export function evidenceWith({evidence}: Unit, accepted: readonly Accepted[]): LoadedUnit {
  const shown = accepted.flatMap(({proposal, fix}) =>
    fix.operations.filter((operation) => !isHardeningLine(operation, proposal)),
  )
  return shown.length === 0 ? evidence : amended(evidence, shown)
}

/**
 * Whether all that an operation does is to harden: what is written for a need is no evidence for
 * it.
 */
function isHardeningLine(operation: Operation, {directives}: Proposal): boolean {
  if (operation.kind === 'insert')
    return operation.section === 'Service' && operation.lines.every(isHardeningOf)
  return operation.kind === 'rewrite' && directives.includes(operation.entry.key)
}

function isHardeningOf([key]: NewLine): boolean {
  return isHardening(key)
}

/** Those with which systemd would refuse the unit, given all that go before them. */
function refusedAmong(
  unit: Unit,
  accepted: readonly Accepted[],
  facade: Facade,
  targets: readonly Target[],
): ReadonlySet<Accepted> {
  const kept: Accepted[] = []
  const refused = new Set<Accepted>()
  for (const candidate of accepted) {
    if (isRefused(unitWith(unit, [...kept, candidate], facade), unit, targets))
      refused.add(candidate)
    else kept.push(candidate)
  }
  return refused
}

/** Those that deny what only the unit with all of them shows to be needed. */
function neededAmong(
  unit: Unit,
  accepted: readonly Accepted[],
  {evidence}: Unit,
  facade: Facade,
): ReadonlySet<Accepted> {
  if (evidence === unit.evidence) return new Set()
  const shown = facade(unit, evidence)
  const isNeeded = ({fix}: Accepted): boolean =>
    safety(shown, fix.operations, () => facade(amended(unit, fix.operations), evidence))
      .applicability === 'suggestion'
  return new Set(accepted.filter(isNeeded))
}
