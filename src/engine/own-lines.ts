import {isHardening} from '../facts/hardening.ts'
import type {Unit} from '../rule/unit.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {SettingKey} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {meantOf} from '../unit/value.ts'
import {amended} from './amend.ts'
import {check} from './check.ts'
import type {Operation} from './operations.ts'
import type {LintOptions} from './options.ts'
import type {Facade} from './proposal.ts'

/**
 * A unit as far as it shows what it needs: without the lines that say only what a safe fix of a
 * rule that is on would write.
 *
 * A list that names what is allowed is a sign that the service needs it, but not when it is ours:
 * what an earlier run could not rule out would be taken for needed by the next. Nobody has signed
 * those lines, so they are told by what they say. Without them, would a rule write just these? Then
 * they tell no more of the service than the rest of the unit does, whoever wrote them.
 */
export const evidenceOf = query((unit: Unit, options: LintOptions, facade: Facade): LoadedUnit => {
  let suspects = showing(unit)
  while (suspects.size > 0) {
    const rest = amended(
      unit,
      [...suspects].flatMap((key) => unit.assignments('Service', key).map(removal)),
    )
    const written = safeLines(facade(rest, rest), suspects, options, facade)
    const others = new Set(
      [...suspects].filter(
        (key) =>
          !isWritten(said(unit, key), written.get(key) ?? []) &&
          !isImplied(key, said(unit, key), rest),
      ),
    )
    if (others.size === 0) return rest
    // Those that somebody wrote are evidence for what is written besides.
    suspects = new Set([...suspects].filter((key) => !others.has(key)))
  }
  return unit
})

/** The directives of lines that harden and from which a need shows. */
function showing(unit: Unit): ReadonlySet<string> {
  return new Set(
    unit.needs.flatMap(({assignment}) =>
      assignment && isOurKind(assignment) ? [assignment.key] : [],
    ),
  )
}

function isOurKind({section, key}: Assignment): boolean {
  return section === 'Service' && isHardening(key)
}

function removal({file, directive}: Assignment): Operation {
  return {kind: 'remove', file, entry: directive}
}

/**
 * What the safe fixes of rules about some directives would write of each: the values of its lines,
 * in each way that there is.
 */
function safeLines(
  unit: Unit,
  keys: ReadonlySet<string>,
  options: LintOptions,
  facade: Facade,
): Map<string, readonly string[][]> {
  const rules = options.rules.filter(({rule}) =>
    rule.directives.some((directive) => keys.has(directive)),
  )
  const found = new Map<string, string[][]>()
  for (const {fixes} of check(unit, rules, options, facade).located) {
    for (const {applicability, operations} of fixes) {
      if (applicability !== 'safe') continue
      for (const key of keys) {
        const values = operations.flatMap((operation) =>
          operation.kind === 'insert'
            ? operation.lines.filter(([its]) => its === key).map(([, value]) => value)
            : [],
        )
        if (values.length > 0) found.set(key, [...(found.get(key) ?? []), values])
      }
    }
  }
  return found
}

/**
 * What the lines of a directive say: those that later ones replaced say nothing, and stay behind
 * where a drop-in does the fixing.
 */
function said(unit: Unit, key: string): string {
  return meantOf(unit, key)
    .map(({assignment}) => assignment.value)
    .join('\n')
}

/** Whether lines are what a fix would write, in one of its ways. */
function isWritten(lines: string, ways: readonly string[][]): boolean {
  return ways.some((way) => way.slice(way.lastIndexOf('') + 1).join('\n') === lines)
}

/** Whether other lines say the same anyway: then these are no sign of more than those are. */
function isImplied(key: string, lines: string, rest: LoadedUnit): boolean {
  const setting = isSetting(key) ? settings(rest)[key] : undefined
  return setting?.origin.kind === 'implied' && setting.value === lines
}

const keys: ReadonlySet<string> = new Set(settingKeys)

function isSetting(key: string): key is SettingKey {
  return keys.has(key)
}
