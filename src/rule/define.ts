import * as z from 'zod'
import {clipped, messageOf as messageOfThrown} from './thrown.ts'
import type {Fix, Problem, Rule, RuleDefinition} from './rule.ts'

/**
 * A rule, with its messages checked by `tsc`: `check` may only yield ids that `messages` has, with
 * all their `{placeholders}`.
 *
 * Options default to none, directives to none; the schema of options is made when it is first asked
 * for.
 */
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  Options = Record<never, never>,
>(definition: RuleDefinition<Options, Messages>): Rule<Options> {
  // Without a schema `Options` is the type of no options.
  const {options: schema = noOptions as () => unknown as () => z.ZodType<Options>} = definition
  let made: z.ZodType<Options> | undefined
  return {
    ...definition,
    ...(definition.options ? {} : {defaults: {} as Options}),
    directives: definition.directives ?? [],
    get options() {
      return (made ??= schemaOf(definition.id, schema))
    },
    // `Problem<Messages>` is a `Problem` whose ids and data are known.
    check: (unit, options) => definition.check(unit, options) as Iterable<Problem>,
  }
}

/** Throws with the rule's name where its schema cannot be made, as a rule in JavaScript may have it. */
function schemaOf<Schema>(id: string, make: () => Schema): Schema {
  try {
    return make()
  } catch (error) {
    const cause =
      typeof make === 'function'
        ? messageOfThrown(error)
        : 'Expected a function that makes a schema'
    throw new Error(`Options of rule \`${id}\`: ${cause}`, {cause: error})
  }
}

/**
 * The words of a problem: the rule's message with its placeholders filled, as long as people read.
 */
export function messageOf(
  rule: Pick<Rule, 'messages'>,
  problem: Problem,
  instead?: Fix['data'],
): string {
  const message = clipped(String(rule.messages[problem.message]), 2000)
  const own: Readonly<Record<string, string | number>> = problem.data ?? {}
  const data = {...own, ...instead}
  return clipped(
    message.replaceAll(placeholders, (_, name: string) => String(data[name])),
    10_000,
  )
}

/** Where a message has a part of the `data` of a problem. */
export const placeholders = /\{(\w+)\}/g

let none: z.ZodType | undefined

/** The same schema for all rules without options: the JSON Schema states it once. */
function noOptions(): z.ZodType {
  return (none ??= z.strictObject({}))
}
