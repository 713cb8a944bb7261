import type {Applicability, Fix, Problem} from '../rule/rule.ts'
import type {Unit} from '../rule/unit.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {FindingFix} from './finding.ts'
import {amended} from './amend.ts'
import {atOddsAmong} from './line-use.ts'
import type {ChangeOfLine} from './line-use.ts'
import {operations} from './operations.ts'
import type {Operation} from './operations.ts'
import {lower, safety} from './safety.ts'
import {edits} from './write/inline.ts'

/** Makes a unit ready for rules, with what shows what it needs. */
export type Facade = (loaded: LoadedUnit, evidence: LoadedUnit | (() => LoadedUnit)) => Unit

/** A fix that can be made, with what it does to the lines of the unit. */
export interface ReadyFix {
  readonly title: string
  readonly applicability: Applicability
  /** By what it denies alone. */
  readonly safety: Applicability
  /** Who vouches for it, in clauses. */
  readonly by?: (() => readonly string[]) | undefined
  /** What a message says where it asks for no more. */
  readonly data?: Fix['data']
  readonly operations: readonly Operation[]
}

/** What a rule proposes for one problem. */
export interface Proposal {
  readonly ruleId: string
  /** The directives that the rule is about. */
  readonly directives: readonly string[]
  /** Stronger ones first; none where nothing can be done. */
  readonly fixes: readonly ReadyFix[]
}

/** The fixes of a problem that can be made, each as safe as what it denies and its author allow. */
export function readyFixes(unit: Unit, given: Problem['fix'], facade: Facade): ReadyFix[] {
  if (!given) return []
  const fixes: readonly Fix[] = 'title' in given ? [given] : given
  return fixes.map((fix) => readyFix(unit, fix, facade)).filter((ready) => ready !== undefined)
}

/** Undefined where it would do nothing, or cannot be done. */
function readyFix(
  unit: Unit,
  {title, changes, applicability = 'safe', data}: Fix,
  facade: Facade,
): ReadyFix | undefined {
  const all = operations(unit, changes)
  if (!all || all.length === 0) return undefined
  const second = atOddsAmong(all)
  if (second) throw new Error(`Unexpected second change of ${lineIn(second)} in one fix`)
  const evidence = withProvided(unit.evidence, all)
  const judged = evidence === unit.evidence ? unit : facade(unit, evidence)
  const {applicability: own, by} = safety(judged, all, () => facade(amended(unit, all), evidence))
  return {
    title,
    applicability: lower(own, applicability),
    safety: own,
    by,
    data,
    operations: all,
  }
}

function lineIn({entry}: ChangeOfLine): string {
  return 'key' in entry ? `\`${entry.key}=\`` : 'the line'
}

/** What shows what a service needs, with the places that a fix itself provides for it. */
function withProvided(evidence: LoadedUnit, all: readonly Operation[]): LoadedUnit {
  const providing = all.filter(
    (operation) =>
      operation.kind === 'insert' && operation.lines.every(([key]) => provided.has(key)),
  )
  return providing.length === 0 ? evidence : amended(evidence, providing)
}

const provided: ReadonlySet<string> = new Set(['ReadWritePaths', 'BindPaths', 'BindReadOnlyPaths'])

/** The fix that a run may make of a problem; undefined where it may make none. */
export function permittedFix(
  {fixes}: Proposal,
  permitted: 'safe' | 'unsafe',
): ReadyFix | undefined {
  return fixes.find(({applicability}) => applicability === 'safe' || applicability === permitted)
}

/** The fix to tell of: the one that a run would make, else the strongest. */
export function shownFix(
  fixes: Proposal['fixes'],
  permitted: 'safe' | 'unsafe',
): ReadyFix | undefined {
  return (
    (permitted === 'unsafe' ? undefined : fixes.find(({safety}) => safety === 'safe')) ?? fixes[0]
  )
}

/** Who vouches for a fix, where it is safe: those whose word counts most. */
export function voucherOf({
  applicability,
  by,
}: Pick<ReadyFix, 'applicability' | 'by'>): string | undefined {
  return applicability === 'safe' ? by?.()[0] : undefined
}

/** A fix as it is made alone. */
export function findingFix(fix: ReadyFix, gain?: number): FindingFix {
  const {title, applicability, operations: all} = fix
  const by = voucherOf(fix)
  return {
    title: by === undefined ? title : `${title}; ${by}`,
    applicability,
    edits: edits(all).map(({range, text}) => ({range, text})),
    ...(gain !== undefined && {gain}),
  }
}
