import {skipBlank} from './words.ts'
import {expand, specifierFault} from './expansion.ts'
import type {Validator} from './fault.ts'
import {fieldFault} from './fields.ts'
import {expectedPath} from './paths.ts'
import {expandPath, meantPath, specifierOrLength} from './path-values.ts'
import {quote} from './quote.ts'

/**
 * Conditions about a path: `ConditionPathExists=`; no white space may stand before it
 * (systemd.unit(5)).
 */
export const conditionPath: Validator = function* (value, context) {
  const piece = {start: /^\|?!?/.exec(value)?.[0].length ?? 0, end: value.length}
  const path = expandPath(value.slice(piece.start), context)
  const expected =
    path === undefined ? undefined : expectedPath(path, {kind: 'absolute'}, context.version)
  if (path === undefined) yield specifierOrLength(value, piece, context, 'line')
  else if (expected !== undefined) {
    const written = value.slice(piece.start)
    yield fieldFault(
      piece,
      `Unexpected ${quote(written)}, expected ${expected}`,
      'line',
      meantPath(written, context),
    )
  }
}

/**
 * All other conditions, whose values systemd looks at when it starts the unit (systemd.unit(5)).
 */
export const conditionString: Validator = function* (value, context) {
  const piece = {start: startOf(value), end: value.length}
  if (expand(value.slice(piece.start), context) === undefined)
    yield specifierFault(value, piece, context, 'line')
}

/** Where a condition begins behind `|` and `!`. */
function startOf(value: string): number {
  const trigger = value.startsWith('|') ? skipBlank(value, 1) : 0
  return value.startsWith('!', trigger) ? skipBlank(value, trigger + 1) : trigger
}
