import {expand, specifierFault} from './expansion.ts'
import type {Validator, ValueContext} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {parseUnsigned} from './integers.ts'
import {quote} from './quote.ts'

/**
 * Numbers and ranges of processors or memory nodes: `CPUAffinity=0-3,8` (systemd.exec(5),
 * systemd.resource-control(5)).
 */
export const cpuSet: Validator = function* (value, context) {
  const {facts, version} = context
  if (facts.keywords?.includes(value)) return
  // Later ones skip the word; earlier ones skip the line, and those before even the unit where it
  // was for its own processes.
  const isByWord = version >= 258
  const effect = isByWord ? 'word' : facts.key === 'CPUAffinity' && version < 250 ? 'unit' : 'line'
  const text = expandsSpecifiers(context) ? expand(value, context, 'full') : value
  if (text === undefined) {
    yield specifierFault(value, {start: 0, end: value.length}, context, 'line')
    return
  }
  const {fields, fault} = fieldsOf(text, version, {separators: ' \t\n\r,', quotes: true})
  // Offsets are those of the value only as long as nothing in it was replaced.
  const place = <Piece extends {readonly start: number; readonly end: number}>(
    piece: Piece,
  ): Piece => (text === value ? piece : {...piece, start: 0, end: value.length})
  for (const field of fields) {
    const range = parseRange(field.text, version)
    const isReversed = range !== undefined && range.first > range.last
    if (
      range &&
      !isReversed &&
      (range.last <= highest || (range.first === overlooked && !isByWord))
    )
      continue
    const expected = isReversed
      ? 'the lower number first'
      : `numbers and ranges up to \`${highest}\` such as \`0-3\``
    yield fieldFault(
      place(field),
      `Unexpected ${quote(field.text)}, expected ${expected}`,
      isReversed ? 'word' : effect,
    )
    if (!isByWord && !isReversed) return
  }
  if (fault) yield splittingFault(place(fault), effect === 'unit' ? 'unit' : 'line')
}

/** Two numbers around a dash, or one alone; undefined for anything else. */
export function parseRange(
  text: string,
  version: number,
): {first: bigint; last: bigint} | undefined {
  const field = fieldAt(text, 0, version, {separators: '-', everySeparator: true})
  if (!field || 'fault' in field) return undefined
  const first = parseUnsigned(field.text, 32, version)
  const last = field.next === undefined ? first : parseUnsigned(text.slice(field.next), 32, version)
  return first === undefined || last === undefined ? undefined : {first, last}
}

const highest = 8191n
/** Up to 257 the highest number of all counts as no number. */
const overlooked = 0xffffffffn

function expandsSpecifiers({facts, version}: ValueContext): boolean {
  return version >= (facts.key === 'NUMAMask' ? 258 : 250)
}
