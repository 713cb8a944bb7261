import {messageOf} from '../rule/thrown.ts'
import type {Rule} from '../rule/rule.ts'
import {soundProblems} from '../rule/sound.ts'
import {EndlessError} from './bounded.ts'
import type {Bounded} from './bounded.ts'
import {plainCopy} from './plain.ts'

/**
 * A copy of what should be a plugin, each part read once, for its schema to look at; of a rule only
 * `check` and the schema of its options stay its own.
 */
export function copyPlugin(value: unknown): unknown {
  if (!isObject(value)) return value
  const {rules, configs} = value
  return {
    rules: Array.isArray(rules) ? Array.from(rules, (rule: unknown) => copyRule(rule)) : rules,
    ...(configs === undefined ? {} : {configs: plainCopy(configs)}),
  }
}

function copyRule(rule: unknown): unknown {
  if (!isObject(rule)) return rule
  const {
    id,
    summary,
    why,
    unless,
    directives,
    on,
    fixesHangOn,
    options,
    messages,
    examples,
    check,
  } = rule
  return {
    id,
    summary,
    why,
    ...(unless === undefined ? {} : {unless}),
    directives: plainCopy(directives),
    ...(on === undefined ? {} : {on: plainCopy(on)}),
    ...(fixesHangOn === undefined ? {} : {fixesHangOn: plainCopy(fixesHangOn)}),
    options,
    messages: plainCopy(messages),
    examples: copyExamples(examples),
    check:
      typeof check === 'function'
        ? (...given: unknown[]): unknown => Reflect.apply(check, rule, given)
        : check,
  }
}

/**
 * The examples of a rule, which its schema does not ask for: those that are texts, alone or with
 * their names.
 */
function copyExamples(value: unknown): {bad: unknown[]; good: unknown[]} {
  const {bad, good} = isObject(value) ? value : {}
  const copy = (list: unknown): unknown[] => {
    const examples: unknown[] = Array.isArray(list)
      ? Array.from(list, (example: unknown) => plainCopy(example))
      : []
    return examples.filter(
      (example) => typeof example === 'string' || (isObject(example) && isNamed(example)),
    )
  }
  return {bad: copy(bad), good: copy(good)}
}

function isNamed({name, unit}: Readonly<Record<string, unknown>>): boolean {
  return typeof name === 'string' && typeof unit === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/**
 * A plugin's rule as it is known in a config: by the id `plugin/rule`, and stopped where it does
 * not end.
 */
export function foreignRule(plugin: string, rule: Rule, bounded: Bounded): Rule {
  let ended: string | undefined
  return {
    ...rule,
    id: `${plugin}/${rule.id}`,
    options: boundedSchema(rule.options, bounded),
    check(unit, options) {
      // It would take as long on each unit.
      if (ended !== undefined) throw new Error(ended)
      try {
        return bounded(() => soundProblems(rule, unit, options))
      } catch (error) {
        if (!(error instanceof EndlessError)) throw error
        ended = `${messageOf(error)}, and is not run any more`
        throw new Error(ended, {cause: error})
      }
    },
  }
}

/** A schema that is stopped where it does not end, and the same else. */
function boundedSchema(schema: Rule['options'], bounded: Bounded): Rule['options'] {
  const safeParse: Rule['options']['safeParse'] = (value) => bounded(() => schema.safeParse(value))
  // It has all that its prototype has.
  return Object.create(schema, {safeParse: {value: safeParse}}) as Rule['options']
}
