import type {LoadedUnit} from '../../unit/load.ts'
import {commentsIn} from './comments.ts'
import type {Need} from './need.ts'
import {needsSpokenOf} from './spoken-of.ts'

/** What the comments of a unit show: who wrote it had an option in mind that it does not set. */
export function* ofComments(unit: LoadedUnit): Generator<Need> {
  for (const {tree} of unit.files) {
    for (const text of commentsIn(tree)) {
      // Of two words at least, as all options whose names are no words of any sentence.
      if (/[a-z][A-Z]/.test(text)) yield* needsSpokenOf(text, unit)
    }
  }
}
