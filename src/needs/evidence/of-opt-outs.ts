import {sandboxingKeys} from '../../facts/hardening.ts'
import {strictnessOf} from '../../facts/strictness.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {subjectOf} from '../denials.ts'
import type {Need} from './need.ts'

/**
 * What the author of a unit leaves to the service in so many words (`NoNewPrivileges=no`): where
 * another line would deny it, that is a question for a person, whoever else does without.
 */
export function* ofOptOuts(unit: LoadedUnit): Generator<Need> {
  for (const key of sandboxingKeys()) {
    const written = valueOf(unit, key)
    const access = subjectOf(key)
    if (!written || access === undefined) continue
    const {value, boolean} = written
    const word = boolean === false ? 'no' : value
    if (strictnessOf(key, word, unit.target.version) !== 0) continue
    const because = `\`${key}=${value}\` leaves it to the service`
    yield {access, because, certain: false, isPossible: true, isOfOthers: true, assignment: written}
  }
}
