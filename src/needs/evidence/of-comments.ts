import type {Comment, UnitTree} from '../../syntax/tree.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Need} from './need.ts'
import {needsSpokenOf} from './spoken-of.ts'

/** What the comments of a unit show: who wrote it had an option in mind that it does not set. */
export function* ofComments(unit: LoadedUnit): Generator<Need> {
  for (const {tree} of unit.files) {
    for (const {value} of commentsIn(tree)) {
      const text = value.slice(0, longest)
      // Of two words at least, as all options whose names are no words of any sentence.
      if (/[a-z][A-Z]/.test(text)) yield* needsSpokenOf(text, unit)
    }
  }
}

/** No sentence is longer. */
const longest = 1000

function* commentsIn({text, children}: UnitTree): Generator<Comment> {
  if (!text.includes('#') && !text.includes(';')) return
  for (const child of children) {
    if (child.type === 'comment') yield child
    else if (child.type === 'section')
      for (const entry of child.children) {
        if (entry.type === 'comment') yield entry
        else if (entry.type === 'directive') yield* entry.comments
      }
  }
}
