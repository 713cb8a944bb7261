import type {LoadedUnit} from '../unit/load.ts'
import type {SourceFile} from '../unit/unit.ts'
import {wordsOf} from '../rule/define.ts'
import {withLead} from '../rule/apply.ts'
import type {Proposal} from '../rule/apply.ts'
import type {Others} from '../rule/others.ts'
import type {Fix} from '../rule/rule.ts'
import {soundProblems} from '../rule/sound.ts'
import type {SoundProblem} from '../rule/sound.ts'
import {unitFor} from '../rule/unit.ts'
import {positionOf} from '../syntax/place.ts'
import type {Finding, FindingFix} from './finding.ts'
import type {ActiveRule, LintOptions} from './options.ts'

/** A finding with the file that it is about and, for fixing, its fix as the rule gave it. */
export interface Located extends Proposal {
  readonly file: SourceFile
  readonly finding: Finding
}

/** A rule that threw: a fault of ours or of a plugin, not of the unit. */
export interface Crash {
  readonly ruleId: string
  readonly cause: unknown
}

/** All that the rules say about a unit. */
export interface Checked {
  readonly located: readonly Located[]
  readonly crashes: readonly Crash[]
  /** A rule has more to say than is told. */
  readonly isCut: boolean
}

/** What the rules say about a unit among others. A rule that throws is reported and the others still run. */
export function check(loaded: LoadedUnit, options: LintOptions, others?: Others): Checked {
  const unit = unitFor(loaded, {profile: options.profile, permitted: options.fix ?? 'safe', others})
  const located: Located[] = []
  const crashes: Crash[] = []
  let isCut = false
  for (const active of options.rules) {
    try {
      const problems = soundProblems(active.rule, unit, active.options)
      for (const problem of problems.slice(0, mostProblems)) located.push(locate(problem, active, options))
      const [next] = problems.slice(mostProblems)
      if (!next) continue
      located.push(cut(locate(next, active, options)))
      isCut = true
    } catch (cause) {
      crashes.push({ruleId: active.rule.id, cause})
    }
  }
  return {located, crashes, isCut}
}

/** Nobody reads more problems of one rule in one unit. */
const mostProblems = 1_000

/** The first problem that is too many, as the word that there are more. */
function cut({finding, fix: _fix, ...located}: Located): Located {
  const message = `Unexpected number of problems of this rule in one unit, more than ${mostProblems}: from here on they are left out`
  return {...located, finding: {...finding, message, note: undefined, fix: undefined}}
}

function locate(problem: SoundProblem, {rule, severity}: ActiveRule, {ruleUrl}: LintOptions): Located {
  const {file, span} = problem.at
  const fix = problem.fix?.edits.length ? problem.fix : undefined
  return {
    file,
    ruleId: rule.id,
    directives: rule.directives,
    fix,
    finding: {
      ruleId: rule.id,
      severity,
      message: wordsOf(rule, problem),
      position: positionOf(file.tree, span),
      note: problem.note,
      url: ruleUrl?.(rule.id),
      fix: fix && standalone(fix, file),
    },
  }
}

/** The fix as it is applied alone. One that reaches into another file is not offered by itself. */
function standalone(fix: Fix, file: SourceFile): FindingFix | undefined {
  if (fix.edits.some((edit) => edit.file !== file)) return undefined
  return {title: fix.title, applicability: fix.applicability, edits: fix.edits.map(withLead)}
}
