import {messageOf} from '../rule/define.ts'
import type {Place} from '../rule/place.ts'
import type {Unit} from '../rule/unit.ts'
import {soundProblems} from '../rule/sound.ts'
import {FaultAt} from '../rule/thrown.ts'
import type {SoundProblem} from '../rule/sound.ts'
import {positionOf} from '../syntax/place.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Span} from '../syntax/tree.ts'
import type {SourceFile} from '../unit/unit.ts'
import {amended, lineAt} from './amend.ts'
import type {Finding, FindingSeverity} from './finding.ts'
import {gainOf} from './gain.ts'
import {isToBeFixed, suited} from './options.ts'
import type {ActiveRule, LintOptions} from './options.ts'
import {isRefused} from './refused-more.ts'
import {findingFix, permittedFix, readyFixes, shownFix} from './proposal.ts'
import type {Facade, Proposal, ReadyFix} from './proposal.ts'
import {timed} from './timing.ts'
import {workOf} from './work.ts'

/** A problem with the file that it is about and what a rule proposes for it. */
export interface Located extends Proposal {
  readonly file: SourceFile
  /** In the file as it is, from 1. */
  readonly line: number
  readonly span: Span
  readonly severity: FindingSeverity
  /** Where another rule may tell of the same; see `Problem`. */
  readonly unlessTold?: readonly Place[] | undefined
  /** systemd does not load the unit for it. */
  readonly isRefusal: boolean
  /** As it is told; most of what is found in amended units is not. */
  readonly finding: () => Finding
}

/** A rule that threw: a fault of ours or of a plugin, not of the unit. */
export interface Crash {
  readonly ruleId: string
  /** A `FaultAt` where it has to do with a place. */
  readonly cause: unknown
}

/** All that rules say about a unit. */
export interface Checked {
  readonly located: readonly Located[]
  readonly crashes: readonly Crash[]
  /** There are more problems than are told, or more fixes than are worked out. */
  readonly isCut: boolean
}

/** What some rules say about a unit. A rule that throws is reported and the others still run. */
export function check(
  unit: Unit,
  rules: readonly ActiveRule[],
  options: LintOptions,
  facade: Facade,
): Checked {
  const located: Located[] = []
  const crashes: Crash[] = []
  const room: Room = {fixes: Math.ceil(mostWork / Math.max(1, workOf(unit))), isShort: false}
  const {timing} = options
  let isCut = false
  for (const active of rules) {
    try {
      const ask = (): SoundProblem[] => soundProblems(active.rule, unit, active.options)
      const problems = timing ? timing.rule(active.rule.id, ask) : ask()
      const isMany = problems.length > mostProblems
      for (const problem of isMany ? problems.slice(0, mostProblems) : problems) {
        const one = locate(unit, problem, active, {options, facade, room})
        if (!active.safeOnly || permittedFix(one, 'safe')) located.push(one)
      }
      const next = isMany ? problems[mostProblems] : undefined
      if (!next) continue
      located.push(cut(locate(unit, next, active, {options, facade, room})))
      isCut = true
    } catch (cause) {
      crashes.push({ruleId: active.rule.id, cause})
    }
  }
  return {located, crashes, isCut: isCut || room.isShort}
}

/** Nobody reads more problems of one rule in one unit. */
const mostProblems = 1_000

/**
 * Each fix is held against every line of its unit: how many fixes times lines there may be. Units
 * that people write have a tenth.
 */
const mostWork = 12_000

/** For how many more fixes there is room in a unit. */
interface Room {
  fixes: number
  isShort: boolean
}

/** How problems are made ready to be told. */
interface ProblemContext {
  readonly options: LintOptions
  readonly facade: Facade
  readonly room: Room
}

/** The first problem that is too many, as the word that there are more. */
function cut({finding, ...located}: Located): Located {
  const message = `Unexpected number of problems of this rule in one unit, more than ${mostProblems}: from here on they are left out`
  return {
    ...located,
    fixes: [],
    finding: () => ({...finding(), message, note: undefined, fix: undefined}),
  }
}

/** A severity, as far as a problem counts. */
function lesser(severity: FindingSeverity, atMost: SoundProblem['atMost']): FindingSeverity {
  if (atMost === 'info') return 0
  return atMost === 'warn' && severity === 2 ? 1 : severity
}

function locate(
  unit: Unit,
  problem: SoundProblem,
  {rule, severity: most, safeOnly = false}: ActiveRule,
  telling: ProblemContext,
): Located {
  const {options, facade, room} = telling
  const {file, span} = problem.at
  const severity = lesser(most, problem.atMost)
  const isLeft = isLeftOut(problem.fix, room)
  const ready = (): ReadyFix[] => {
    try {
      return readyFixes(unit, problem.fix, facade)
    } catch (cause) {
      throw new FaultAt(problem.at, cause)
    }
  }
  const fixes = isLeft ? [] : timed(options.timing, 'fixes', ready)
  return {
    file,
    line: lineAt(file, span.start),
    span,
    severity,
    unlessTold: problem.unlessTold,
    isRefusal: problem.isRefusal === true,
    ruleId: rule.id,
    directives: rule.directives,
    fixes,
    finding: () => findingOf(unit, problem, {rule, severity, safeOnly, fixes, isLeft}, telling),
  }
}

/** A problem of a rule, with what would mend it. */
interface Mended extends Required<Pick<ActiveRule, 'rule' | 'severity' | 'safeOnly'>> {
  readonly fixes: readonly ReadyFix[]
  /** Its fixes are too many for a run, and left out. */
  readonly isLeft: boolean
}

function findingOf(
  unit: Unit,
  problem: SoundProblem,
  {rule, severity, safeOnly, fixes, isLeft}: Mended,
  {options, facade}: ProblemContext,
): Finding {
  const {file, span} = problem.at
  const shown = shownFix(
    fixes,
    isToBeFixed({severity, ruleId: rule.id}, options) ? (options.fix ?? 'safe') : 'safe',
  )
  // One that reaches into another file is not offered by itself.
  const isOwn = shown?.operations.every((operation) => operation.file === file)
  const isRefusing = shown !== undefined && isLeftToPeople(shown, rule.id, {unit, facade, options})
  const told = isRefusing ? {...shown, applicability: 'suggestion' as const} : shown
  const gainBy = (fix: ReadyFix) => (options.gains ? gainOf(unit, fix, facade) : undefined)
  return {
    ruleId: rule.id,
    severity,
    message: messageOf(rule, problem, safeOnly ? shown?.data : undefined),
    position: positionOf(file.tree, span),
    note: sentences(
      problem.note,
      isLeft ? leftOut : undefined,
      !isLeft && fixes.length === 0 ? whyUnmade(unit, problem.fix) : undefined,
      isRefusing && isOwn ? wouldNotLoad : undefined,
    ),
    url: options.ruleUrl?.(rule.id),
    fix: told && isOwn ? findingFix(told, gainBy(told)) : undefined,
  }
}

/**
 * Whether no run makes a fix by itself, as systemd would refuse the unit with it. Those of our own
 * rules are known to be none such.
 */
function isLeftToPeople(
  {operations}: ReadyFix,
  ruleId: string,
  {unit, facade, options}: {unit: Unit; facade: Facade; options: LintOptions},
): boolean {
  if (!ruleId.includes('/')) return false
  return isRefused(facade(amended(unit, operations), unit.evidence), unit, suited(options))
}

const wouldNotLoad = 'With this fix systemd would not load the unit, so `--fix` does not make it'

/** Whether there is no room for the fixes of a problem; takes it where there is. */
function isLeftOut(fix: SoundProblem['fix'], room: Room): boolean {
  if (!fix) return false
  if (room.fixes <= 0) room.isShort = true
  else room.fixes -= 'title' in fix ? 1 : fix.length
  return room.isShort
}

const leftOut =
  'Too many fixes for so long a unit at once: this one is left for a run after `--fix`'

/** Why the first fix of a problem cannot be made, where its unit has no such section. */
function whyUnmade(unit: Unit, given: SoundProblem['fix']): string | undefined {
  const first = given && ('title' in given ? given : given[0])
  if (!first) return undefined
  const [main] = unit.files
  const names = new Set(main && sectionsIn(main.tree).map(({name}) => name)).add('Unit')
  const lacking = first.changes.find((change) => 'section' in change && !names.has(change.section))
  return lacking && 'section' in lacking
    ? `Its fix is not made, as the unit has no \`[${lacking.section}]\``
    : undefined
}

function sentences(...parts: ReadonlyArray<string | undefined>): string | undefined {
  const said = parts.filter((part) => part !== undefined)
  return said.length === 0 ? undefined : said.join('. ')
}
