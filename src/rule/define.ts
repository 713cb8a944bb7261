import * as z from 'zod'
import {short} from './reason.ts'
import type {Problem, Rule, RuleDefinition} from './rule.ts'

const noOptions = z.strictObject({})

/**
 * A rule, with its messages checked by `tsc`: `check` may only yield ids that `messages` has, with all their `{placeholders}`.
 *
 * Options default to none, directives to the id's.
 */
export function defineRule<const Messages extends Readonly<Record<string, string>>, Options = Record<never, never>>(
  definition: RuleDefinition<Options, Messages>,
): Rule<Options> {
  return {
    ...definition,
    directives: definition.directives ?? [],
    // Without a schema `Options` is the type of no options.
    options: definition.options ?? (noOptions as unknown as z.ZodType<Options>),
    // `Problem<Messages>` is a `Problem` whose ids and data are known.
    check: (unit, options) => definition.check(unit, options) as Iterable<Problem>,
  }
}

/** The words of a problem: the rule's message with its placeholders filled, as long as people read. */
export function wordsOf(rule: Pick<Rule, 'messages'>, problem: Problem): string {
  const message = short(Object.hasOwn(rule.messages, problem.message) ? String(rule.messages[problem.message]) : problem.message, 2000)
  const data: Readonly<Record<string, string | number>> = problem.data ?? {}
  const words = message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(data, name) ? String(data[name]) : whole))
  return short(words, 10_000)
}
