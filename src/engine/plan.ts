import {LineUse} from './line-use.ts'
import {isRefused} from './refused-more.ts'
import {impliedBy, isHardening, isLateBoot} from '../facts/hardening.ts'
import type {Target} from '../facts/targets.ts'
import type {Unit} from '../rule/unit.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {amended} from './amend.ts'
import {keysOf} from './operations.ts'
import type {Operation} from './operations.ts'
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
    const mayBeNeedless = (directive: string): boolean =>
      implied(directive, ruleId) && !empties(fix.operations, directive)
    if (directives.some((one) => mayBeNeedless(one) || (isBootOpen && isLateBoot(one))))
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

/** Whether all that is done leaves nothing of a list, so that nothing can be taken off it. */
function empties(operations: readonly Operation[], directive: string): boolean {
  return operations.every(
    (operation) =>
      operation.kind === 'insert' &&
      operation.lines.every(([key, value]) => key === directive && value === ''),
  )
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
    return operation.section === 'Service' && operation.lines.every(([key]) => isHardening(key))
  return operation.kind === 'rewrite' && directives.includes(operation.entry.key)
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
