import type {ValueFacts} from '../facts/rows.ts'
import type {AddedValues} from './drop-in-text.ts'
import type {Change, Effect, ValueInForce} from './effect.ts'

/**
 * The values to assign to a directive in a drop-in so that it does what a change in an earlier file makes it do: ways to try, the shortest first.
 *
 * `at` is the place of the drop-in among the files of the unit. A way may turn out to lead elsewhere, and there may be none.
 */
export function waysTo({facts, before, after}: Change, at: number): AddedValues[] {
  const reset = resetOf(facts)
  if (!isList(facts)) {
    const last = after.at(-1)?.value ?? reset
    return last === undefined ? [] : [{values: [last]}]
  }
  const [had = [], has = []] = [before, after].map((values) => textsOf(values.filter((value) => value.at <= at)))
  const added = had.every((value, index) => value === has[index]) ? has.slice(had.length) : []
  const ways: AddedValues[] = added.length > 0 ? [{values: added}] : []
  if (reset === undefined) return ways
  const earlier = textsOf(after.filter((value) => value.at < at))
  if (before.some((value) => value.at === at)) ways.push({values: [reset, ...earlier], isAbove: true})
  return [...ways, {values: [reset, ...has]}]
}

/** Whether lines add up, so that a value can only be replaced by taking all back. */
export function isList({repeat}: ValueFacts): boolean {
  return repeat === 'append' || repeat === 'merge'
}

/** The value that takes all back that was assigned before, and nothing else; undefined where there is none. */
export function resetOf(facts: ValueFacts): string | undefined {
  if (facts.key === 'CapabilityBoundingSet') return '~'
  return facts.resets && facts.emptyResets === undefined && !credential.test(facts.key) ? '' : undefined
}

/** Plain and encrypted credentials are in one list: an empty value of either takes back both. */
const credential = /^(?:Load|Set)Credential/

/**
 * The effect of a change without what the drop-in has said already: the values that came up in other files and that stand in it too.
 *
 * A line that only a change in its own place could mend is found again in each run, and yet its value is not to be added twice.
 */
export function withoutRepeated(after: Effect, before: Effect, at: number): Effect {
  const directives = [...after.directives].map(([id, directive]) => {
    const known = textsOf(directive.values.filter((value) => value.at === at))
    const old = before.directives.get(id)?.values ?? []
    const left = [...old]
    const values = directive.values.filter((value) => {
      const index = left.findIndex((other) => other.at === value.at && other.value === value.value)
      if (index !== -1) left.splice(index, 1)
      if (index !== -1 || value.at === at || !known.includes(value.value)) return true
      known.splice(known.indexOf(value.value), 1)
      return false
    })
    return [id, {...directive, values}] as const
  })
  return {...after, directives: new Map(directives)}
}

function textsOf(values: readonly ValueInForce[]): string[] {
  return values.map(({value}) => value)
}
