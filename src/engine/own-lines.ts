import {isHardening} from '../facts/hardening.ts'
import type {Unit} from '../rule/unit.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {SettingKey} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {amended} from './amend.ts'
import {check} from './check.ts'
import type {Operation} from './operations.ts'
import type {LintOptions} from './options.ts'
import type {Facade} from './proposal.ts'

/**
 * A unit as far as it shows what it needs: without the lines that say only what a safe fix of a rule that is on would write.
 *
 * A list that names what is allowed is a sign that the service needs it, but not when it is ours: what an earlier run could not rule out
 * would be taken for needed by the next. Nobody has signed those lines, so they are told by what they say. Without them, would a rule
 * write just these? Then they tell no more of the service than the rest of the unit does, whoever wrote them.
 */
export const evidenceOf = query((unit: Unit, options: LintOptions, facade: Facade): LoadedUnit => {
  let suspects = showing(unit)
  while (suspects.size > 0) {
    const rest = amended(unit, [...suspects.values()].flat().map(removal))
    const written = safeLines(facade(rest, rest), new Set(suspects.keys()), options, facade)
    const others = [...suspects].filter(([key, lines]) => !isOneOf(valuesOf(lines), written.get(key) ?? []) && !isImplied(key, lines, rest))
    if (others.length === 0) return rest
    // Those that somebody wrote are evidence for what is written besides.
    suspects = new Map([...suspects].filter(([key]) => !others.some(([other]) => other === key)))
  }
  return unit
})

/** The lines that harden and from which a need shows, by directive: all lines of each. */
function showing(unit: Unit): Map<string, readonly Assignment[]> {
  const keys = new Set(unit.needs.flatMap(({assignment}) => (assignment && isOurKind(assignment) ? [assignment.key] : [])))
  return new Map([...keys].map((key) => [key, unit.assignments('Service', key)]))
}

function isOurKind({section, key}: Assignment): boolean {
  return section === 'Service' && isHardening(key)
}

function removal({file, directive}: Assignment): Operation {
  return {kind: 'remove', file, entry: directive}
}

/** What the safe fixes of rules about some directives would write of each: the values of its lines, in each way that there is. */
function safeLines(unit: Unit, keys: ReadonlySet<string>, options: LintOptions, facade: Facade): Map<string, readonly string[][]> {
  const rules = options.rules.filter(({rule}) => rule.directives.some((directive) => keys.has(directive)))
  const found = new Map<string, string[][]>()
  for (const {fixes} of check(unit, rules, options, facade).located) {
    for (const {applicability, operations} of fixes) {
      if (applicability !== 'safe') continue
      for (const key of keys) {
        const values = operations.flatMap((operation) =>
          operation.kind === 'insert' ? operation.lines.filter(([its]) => its === key).map(([, value]) => value) : [],
        )
        if (values.length > 0) found.set(key, [...(found.get(key) ?? []), values])
      }
    }
  }
  return found
}

/** Whether other lines say the same anyway: then these are no sign of more than those are. */
function isImplied(key: string, lines: readonly Assignment[], rest: LoadedUnit): boolean {
  const setting = isSetting(key) ? settings(rest)[key] : undefined
  return setting?.origin.kind === 'implied' && setting.value === valuesOf(lines)
}

const keys: ReadonlySet<string> = new Set(settingKeys)

function isSetting(key: string): key is SettingKey {
  return keys.has(key)
}

function valuesOf(lines: readonly Assignment[]): string {
  return lines.map(({value}) => value).join('\n')
}

function isOneOf(values: string, ways: readonly string[][]): boolean {
  return ways.some((way) => way.join('\n') === values)
}
