import * as z from 'zod'
import {recent} from '../unit/query.ts'
import {clipped, messageOf as messageOfThrown} from './thrown.ts'
import {withAllParts} from './on.ts'
import type {Fix, Problem, Rule, RuleDefinition} from './rule.ts'
import type {Unit} from './unit.ts'

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
  return new Defined(definition)
}

/**
 * All rules have one shape, parts that are not there among it: each is asked about each unit, and to
 * read parts of things of many shapes takes several times as long.
 */
class Defined<Options, Messages extends Readonly<Record<string, string>>> implements Rule<Options> {
  readonly id: string
  readonly summary: string
  readonly why: string
  readonly unless: string | undefined
  readonly directives: readonly string[]
  readonly on: Rule['on']
  readonly fixesHangOn: Rule['fixesHangOn']
  readonly defaults: Options | undefined
  readonly messages: Messages
  readonly examples: Rule['examples']
  declare readonly options: z.ZodType<Options>
  readonly check: (unit: Unit, options: Options) => Iterable<Problem>
  readonly #definition: RuleDefinition<Options, Messages>
  #options: z.ZodType<Options> | undefined

  constructor(definition: RuleDefinition<Options, Messages>) {
    this.id = definition.id
    this.summary = definition.summary
    this.why = definition.why
    this.unless = definition.unless
    this.directives = definition.directives ?? []
    this.on = definition.on && withAllParts(definition.on)
    this.fixesHangOn = definition.fixesHangOn
    // Without a schema `Options` is the type of no options.
    this.defaults = definition.options ? definition.defaults : ({} as Options)
    this.messages = definition.messages
    this.examples = definition.examples
    // `Problem<Messages>` is a `Problem` whose ids and data are known.
    this.check = (unit, options) => definition.check(unit, options) as Iterable<Problem>
    this.#definition = definition
    this.#options = undefined
    // Its own, so that a copy has it, and by the same function for all, so that they have one shape.
    Object.defineProperty(this, 'options', {get: this.#schema, enumerable: true})
  }

  #schema(): z.ZodType<Options> {
    // As above.
    const {id, options = noOptions as () => unknown as () => z.ZodType<Options>} = this.#definition
    return (this.#options ??= schemaOf(id, options))
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

/** The parts of the `data` of a problem that a message has. */
export const placeholdersIn = recent(500, (message): readonly string[] =>
  Array.from(message.matchAll(placeholders), ([, name = '']) => name),
)

const placeholders = /\{(\w+)\}/g

let none: z.ZodType | undefined

/** The same schema for all rules without options: the JSON Schema states it once. */
function noOptions(): z.ZodType {
  return (none ??= z.strictObject({}))
}
