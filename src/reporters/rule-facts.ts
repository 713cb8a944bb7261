import {manualOf, manualPage} from '../facts/manual.ts'
import type {Rule} from '../rule/rule.ts'
import {assessors} from '../security/assessors.ts'
import {isRestriction, restrictionsId} from './restrictions.ts'

/** What a rule is filed under, for reports that sort by it. */
export interface RuleFacts {
  readonly tags: readonly string[]
  /**
   * From 0.1 to 10.0, as a CVSS score (GitHub: below 4 is low, below 7 medium, below 9 high).
   * Absent: it is not about security.
   */
  readonly severity?: number
  /** Where systemd's manual speaks of it. */
  readonly manual: string
}

/** Rules that are about secrets, or what gives others the powers of the service. */
const dangers: ReadonlyMap<string, number> = new Map([
  ['no-secret-environment', 7.5],
  ['no-loose-mode', 6.5],
  ['no-writable-file', 6.5],
  ['no-root-specifier', 5],
  ['no-shared-runtime-directory', 5],
])

/** What weighs most in a table of exposure: no network but one's own. */
const heaviest = 2_500

/** File a rule, or what else gave its name to messages. */
export function factsOfRule(
  id: string,
  rule: Pick<Rule, 'id' | 'directives'> | undefined,
): RuleFacts {
  const danger = dangers.get(id)
  // Of the first directive that it has; for rules about none, what says how files are read.
  const manual =
    rule?.directives.map(manualOf).find((page) => page !== undefined) ??
    manualPage('systemd.syntax')
  if (danger !== undefined) return {tags: ['systemd', 'security'], severity: danger, manual}
  if (rule && isRestriction(rule))
    return {tags: ['systemd', 'security', 'hardening'], severity: weightOf(rule.directives), manual}
  const isGate = id === 'max-exposure' || id === 'exposure-baseline' || id === restrictionsId
  return isGate
    ? {
        tags: ['systemd', 'security', 'hardening'],
        severity: 6.9,
        manual: manualPage('systemd-analyze'),
      }
    : {tags: ['systemd', 'correctness'], manual}
}

/**
 * No restriction that is missing is worse than medium: nothing is open yet because of it. What the
 * table of exposure does not count is low.
 */
function weightOf(directives: readonly string[]): number {
  const weights = assessors
    .filter(({settings: [first = '']}) => directives.includes(first))
    .map(({weight}) => weight)
  const most = weights.reduce((worst, weight) => Math.max(worst, weight), 0)
  return Math.max(1, Math.round((69 * Math.min(most, heaviest)) / heaviest) / 10)
}

/** What gave its name to messages and is no rule, in words. */
export const namesBesideRules: ReadonlyMap<string, string> = new Map([
  ['max-exposure', 'Services are no more exposed than `--max-exposure` says'],
  ['exposure-baseline', 'Services are no more exposed than the baseline of exposures says'],
  ['unused-disable', 'Comments that turn rules off are right, and of use'],
  [restrictionsId, 'Services have the restrictions that they can bear'],
])
