import type {AccessId} from '../../facts/accesses.ts'
import {sandboxingKeys} from '../../facts/hardening.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {valueOf} from '../../unit/value.ts'
import {denialContext} from '../denial-context.ts'
import {denials, subjectOf} from '../denials.ts'
import {short} from './need.ts'
import type {Need} from './need.ts'
import {populationOf} from './population.ts'

/**
 * What a comment of a unit says of options that it does not set.
 *
 * What a sentence speaks of is not added: nearly all say why it is off. What is commented out is a
 * question for a person where nobody knows the program, as it may have been tried; else it is an
 * offer.
 */
export function needsSpokenOf(text: string, unit: LoadedUnit): readonly Need[] {
  return [...text.matchAll(mention(unit))].flatMap(
    ([written, directive = '', value = '']): Need[] => {
      const access = unsetBy(unit, directive, value)
      if (access === undefined) return []
      const isLine = value !== '' && text.trim() === written
      if (isLine && populationOf(unit).program === 'known') return []
      return [
        {
          access,
          because: isLine
            ? `the unit has \`${short(written)}\` commented out`
            : `a comment of the unit speaks of \`${directive}=\`: \`${short(text.trim())}\``,
          certain: false,
          inComment: true,
          ...(isLine && {isPossible: true}),
        },
      ]
    },
  )
}

/** The name of an option in a text, with the word that it is set to. */
const mention = query(
  (_unit: LoadedUnit) =>
    new RegExp(`\\b(${spoken().join('|')})\\b(?:[ \\t]*=[ \\t]*([A-Za-z-]+))?`, 'g'),
)

/** The options whose names are no words of any sentence, and of which it is known what they deny. */
function spoken(): readonly string[] {
  return sandboxingKeys().filter((key) => /[a-z][A-Z]/.test(key) && subjectOf(key) !== undefined)
}

/** What a value that a comment names would deny first; undefined where the unit denies it anyway. */
function unsetBy(unit: LoadedUnit, directive: string, value: string): AccessId | undefined {
  const denied = (its: string): readonly AccessId[] =>
    denials(directive, its, denialContext(unit)).filter((id) => id !== 'unknown-effect')
  const access = (value === '' ? undefined : denied(value)[0]) ?? subjectOf(directive)
  const set = valueOf(unit, directive)
  if (access === undefined || !set) return access
  return value === '' || denied(set.value).includes(access) ? undefined : access
}
