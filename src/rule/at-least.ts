import * as z from 'zod'
import type {AccessId} from '../facts/accesses.ts'
import type {WordDirective} from '../facts/sandboxing/rows.ts'
import {strictness, strictnessOf} from '../facts/strictness.ts'
import {fateForUsers} from '../unit/user-manager.ts'
import {set} from './change.ts'
import {defineRule} from './define.ts'
import {fixBy} from './fix-by.ts'
import {services} from './on.ts'
import type {Fix, Rule} from './rule.ts'
import {isJudged, writtenIn} from './subject.ts'
import type {Unit} from './unit.ts'

/** What `requireAtLeast` takes. */
export interface AtLeast {
  readonly id: string
  readonly directive: WordDirective
  /** The weakest value that is enough, unless the `atLeast` option names another. */
  readonly value: string
  readonly why: string
  readonly unless?: string
  /** The value is the default, so that only a weaker one can be found. */
  readonly isDefault?: true
  /**
   * What brings the value about where the service could not bear it alone: asked for the strictest
   * value that is wanted.
   */
  readonly besides?: {
    readonly fix: (unit: Unit, value: string) => Fix | undefined
    readonly hangsOn: readonly string[]
  }
  /** More lines of `[Service]` that its examples need. */
  readonly context?: string
}

/**
 * A rule that asks a directive of `[Service]` to be at least as strict as a value.
 *
 * It asks for no more than the service can bear: a value that denies what it needs is not asked
 * for, a weaker one then may be.
 */
export function requireAtLeast({
  id,
  directive,
  value,
  why,
  unless,
  isDefault,
  besides,
  context = '',
}: AtLeast): Rule<{atLeast: string}> {
  const newest = strictness(directive, Infinity).flat()
  if (!newest.includes(value)) throw new Error(faultOf(directive, value, newest))
  return defineRule({
    id,
    directives: [directive],
    summary: `Require \`${directive}=${value}\`${value === newest.at(-1) ? '' : ' or stricter'}`,
    why,
    ...(unless === undefined ? {} : {unless}),
    defaults: {atLeast: value},
    options: () =>
      z.strictObject({
        atLeast: z.enum(newest).default(value).describe('The weakest value that is enough'),
      }),
    on: services,
    fixesHangOn: [directive, ...(besides?.hangsOn ?? [])],
    messages: {
      missing: 'Expected `{directive}={expected}`',
      weak: 'Unexpected `{directive}={actual}`, expected `{expected}`{orStricter}',
    },
    *check(unit, {atLeast}) {
      if (!isJudged(unit, directive)) return
      const {version} = unit.target
      const {value: actual, origin} = unit.settings[directive]
      const above = valuesAbove(directive, actual, atLeast, version)
      const [most] = above
      if (most === undefined) return
      const denied = unit.denies(directive, actual)
      const steps = above.filter((step) => isBearable(unit, directive, step, denied))
      const isWeakest = strictnessOf(directive, actual, version) === 0
      const {at, isOptOut} = writtenIn(unit, origin, isWeakest)
      const helped = steps.includes(most) || isOptOut ? undefined : besides?.fix(unit, most)
      const expected = helped ? most : steps[0]
      if (expected === undefined || !at) return
      const saying = (step: string) => ({
        expected: step,
        orStricter: isStrictest(directive, step, version) ? '' : ' or stricter',
      })
      const alone = steps.map((step): Fix => {
        const own = fixBy(isOptOut ? 'unsafe' : undefined, set('Service', directive, step))
        const {title, applicability, changes} = own
        return {title, applicability, changes, data: saying(step)}
      })
      const fix = helped ? [helped, ...alone] : alone
      if (origin.kind !== 'written')
        yield {message: 'missing', data: {directive, expected}, at, fix}
      else yield {message: 'weak', data: {directive, actual, ...saying(expected)}, at, fix}
    },
    examples: {
      bad: [
        `[Service]\nExecStart=/usr/bin/example\n${context}${isDefault ? `${directive}=${newest[0]}\n` : ''}`,
      ],
      good: [`[Service]\nExecStart=/usr/bin/example\n${context}${directive}=${value}\n`],
    },
  })
}

/** Why a value cannot be asked for: a rule in JavaScript may name any, of any directive. */
function faultOf(directive: string, value: string, known: readonly string[]): string {
  const expected =
    known.length > 0
      ? `one of \`${known.join('`, `')}\``
      : 'a directive of the sandboxing whose values are words; `requireDirective` asks for others'
  return `Unexpected \`${directive}=${value}\` to ask for, expected ${expected}`
}

/**
 * The values that are stricter than the one in force, and no stricter than what is wanted; the
 * strictest first.
 */
function valuesAbove(
  directive: WordDirective,
  actual: string,
  atLeast: string,
  version: number,
): readonly string[] {
  const levels = strictness(directive, version)
  // A value that the target does not have yet asks for the strictest that it has.
  const wanted = strictnessOf(directive, atLeast, version)
  return levels
    .slice(
      strictnessOf(directive, actual, version) + 1,
      (wanted === -1 ? levels.length - 1 : wanted) + 1,
    )
    .toReversed()
    .map(([written = '']) => written)
}

/** Whether a manager can do what a value says, and nothing withholds what it denies beyond others. */
function isBearable(
  unit: Unit,
  directive: WordDirective,
  value: string,
  denied: readonly AccessId[],
): boolean {
  if (unit.manager !== 'system' && fateForUsers(unit, 'Service', directive, value) === 'fails')
    return false
  const more = unit.denies(directive, value).filter((access) => !denied.includes(access))
  return unit.weigh(more).applicability !== 'withheld'
}

function isStrictest(directive: WordDirective, value: string, version: number): boolean {
  return strictnessOf(directive, value, version) >= strictness(directive, version).length - 1
}
