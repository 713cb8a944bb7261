import * as z from 'zod'
import {directive as factsOf, directiveNames, everywhere} from '../facts/directives.ts'
import {nearest} from '../facts/nearest.ts'
import {newestTarget} from '../facts/targets.ts'
import {fileTypes} from '../facts/unit-types.ts'
import type {UnitType} from '../facts/unit-types.ts'
import {set} from './change.ts'
import {defineRule} from './define.ts'
import {fixBy} from './fix-by.ts'
import type {Example, Rule} from './rule.ts'
import {faultsIn, isValid, sectionsOf} from './validity.ts'

/** What `requireDirective` takes beside the directive. */
export interface Required {
  readonly id: string
  readonly why: string
  /** What its fix writes, unless the `value` option names another. */
  readonly value: string
  readonly unless?: string
  /** Absent: services, where they have the directive, else all units that do. */
  readonly types?: readonly UnitType[]
}

/**
 * A rule that asks for a line of a directive, whatever its value: any directive that systemd knows,
 * hardening or not.
 *
 * Of a unit whose main file is not in sight, or whose systemd does not know the directive, nothing
 * is asked. The fix is unsafe, as nothing shows that the unit can bear the value. Throws for a name
 * of no directive, and for a value that the newest systemd does not take; the option is held to that
 * too.
 */
export function requireDirective(directive: string, required: Required): Rule<{value: string}> {
  const sections = sectionsWith(directive)
  const main = sections.includes('Service') ? 'Service' : sections[0]
  const {id, why, value, unless, types} = required
  const fault = faultOf(main, directive, value)
  if (fault !== undefined) throw new Error(fault)
  const wanted = types ?? (sections.includes('Service') ? (['service'] as const) : undefined)
  return defineRule({
    id,
    directives: [directive],
    summary: `Require \`${directive}=\``,
    why,
    ...(unless === undefined ? {} : {unless}),
    on: wanted ? {types: wanted} : {},
    fixesHangOn: [directive],
    defaults: {value},
    options: () =>
      z.strictObject({
        value: z
          .string()
          .check(({value: its, issues}) => {
            const message = faultOf(main, directive, its)
            if (message !== undefined) issues.push({code: 'custom', message, input: its})
          })
          .default(value)
          .describe('The value that the fix writes'),
      }),
    messages: {
      missing: 'Expected `{directive}=`',
    },
    *check(unit, {value: its}) {
      const section = sectionsOf(unit).find((name) => factsOf(name, directive, unit.target.version))
      if (section === undefined || unit.isPartial || !unit.isReadable) return
      const at = unit.header(section) ?? unit.firstHeader
      if (!at || unit.value(directive)) return
      const fix = fixBy('unsafe', set(section, directive, its))
      yield {
        message: 'missing',
        data: {directive},
        at,
        fix: isValid(unit, section, directive, its) ? fix : undefined,
      }
    },
    examples: examplesOf(directive, main, `${directive}=${value}\n`),
  })
}

/** What the newest systemd says of a value; undefined where it takes it, or has no such directive. */
function faultOf(section: string, directive: string, value: string): string | undefined {
  const type = typeOf(section)
  const unit = {type, name: `example.${type}`, manager: 'system', target: newestTarget} as const
  const [first] = faultsIn(unit, section, directive, value) ?? []
  if (first) return `${first.message} in \`${directive}=\``
  return value === '' ? `Expected a value of \`${directive}=\`` : undefined
}

/** The type of unit that has a section: services have those that many have. */
function typeOf(section: string): UnitType {
  return fileTypes.find((known) => known === section.toLowerCase()) ?? 'service'
}

/** The sections that a directive stands in. Throws for a name of none. */
function sectionsWith(given: unknown): readonly [string, ...string[]] {
  if (typeof given !== 'string')
    throw new Error(`Unexpected ${typeof given}, expected the name of a directive first`)
  const directive = given
  const [first, ...rest] = everywhere(directive).flatMap((facts) => facts.sections)
  if (first !== undefined) return [first, ...rest]
  const meant = nearest(directive, directiveNames())
  throw new Error(
    `Unexpected directive \`${directive}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
  )
}

/** A unit without the line, and with it. */
function examplesOf(
  directive: string,
  section: string,
  line: string,
): {bad: Example[]; good: Example[]} {
  const start = `[${section}]\n${section === 'Service' && directive !== 'ExecStart' ? 'ExecStart=/usr/bin/example\n' : ''}`
  const type = typeOf(section)
  const example = (unit: string): Example =>
    type === 'service' ? unit : {name: `example.${type}`, unit}
  return {bad: [example(start)], good: [example(`${start}${line}`)]}
}
