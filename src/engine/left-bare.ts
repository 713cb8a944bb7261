import type {Unit} from '../rule/unit.ts'
import {query} from '../unit/query.ts'
import {levelOf} from '../security/index.ts'
import {positionOf} from '../syntax/place.ts'
import {asksToHarden} from './asks-to-harden.ts'
import type {LintOptions} from './options.ts'
import {Suppressions} from './suppress.ts'

/**
 * Why nothing is safe to add to a service of that exposure, in tenths; undefined where it is not
 * UNSAFE, or where no rule asks for more.
 */
export function whyLeftBare(
  unit: Unit,
  exposure: number,
  options: LintOptions,
): string | undefined {
  const isBare = /^(?:UNSAFE|DANGEROUS)$/.test(levelOf(exposure))
  return isBare && isAskedToHarden(unit, options) ? mainReason(unit) : undefined
}

/** Whether rules that harden are on, and not turned off by comments where a unit lacks lines. */
function isAskedToHarden(unit: Unit, options: LintOptions): boolean {
  const header = unit.header('Service')
  const ids = idsToHarden(options.rules)
  if (!header || options.inlineConfig === false) return ids.length > 0
  const {start} = positionOf(header.file.tree, header.span)
  const comments = new Suppressions(header.file.tree, options)
  return ids.some((id) => !comments.suppresses(id, start.line))
}

const idsToHarden = query((rules: LintOptions['rules']): readonly string[] =>
  rules.filter(({rule}) => asksToHarden(rule)).map(({rule}) => rule.id),
)

/** What speaks against most of what nearly any service bears, as far as it does without. */
function mainReason(unit: Unit): string | undefined {
  const counts = new Map<string, number>()
  for (const key of commonlyBorne) {
    const {applicability, because} = unit.weigh(unit.denies(key, 'yes'))
    const [main] = applicability === 'safe' ? [] : because
    if (main) counts.set(main.because, (counts.get(main.because) ?? 0) + 1)
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

const commonlyBorne = [
  ...['NoNewPrivileges', 'PrivateTmp', 'ProtectClock', 'ProtectKernelModules', 'ProtectKernelLogs'],
  ...['ProtectHostname', 'ProtectControlGroups', 'RestrictRealtime', 'LockPersonality'],
]
