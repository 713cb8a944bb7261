import {expand, placesIn, specifierFault} from './expansion.ts'
import type {Reader, ValueContext} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {parseUnsigned} from './integers.ts'
import {quote} from './quote.ts'

/** What is in a line of numbers of processors or memory nodes. */
export type Numbers =
  /** Some of them, one at least. */
  | readonly Range[]
  /** Words, of which none is a number. */
  | 'none'
  /** Not a word. */
  | 'nothing'
  /** A word that stands for those that only the machine knows: `numa`, `all`. */
  | 'keyword'

/** All numbers from the first to the last. */
export interface Range {
  readonly first: bigint
  readonly last: bigint
}

/**
 * Numbers and ranges of processors or memory nodes: `CPUAffinity=0-3,8` (systemd.exec(5),
 * systemd.resource-control(5)); undefined for a line that is lost.
 */
export const cpuSet: Reader<Numbers> = function* (value, context) {
  const {facts, version} = context
  if (facts.keywords?.includes(value)) return 'keyword'
  // Later ones skip the word; earlier ones skip the line, and those before even the unit where it
  // was for its own processes.
  const isByWord = version >= 258
  const effect = isByWord ? 'word' : facts.key === 'CPUAffinity' && version < 250 ? 'unit' : 'line'
  const text = expandsSpecifiers(context) ? expand(value, context, 'full') : value
  if (text === undefined) {
    yield specifierFault(value, {start: 0, end: value.length}, context, 'line')
    return undefined
  }
  const {fields, fault} = fieldsOf(text, version, {separators: ' \t\n\r,', quotes: true})
  let place: ReturnType<typeof placesIn> | undefined = text === value ? itself : undefined
  const ranges: Range[] = []
  let hasFaults = false
  for (const field of fields) {
    const range = parseRange(field.text, version)
    const isReversed = range !== undefined && range.first > range.last
    if (range && !isReversed && range.last <= highest) {
      ranges.push(range)
      continue
    }
    if (range?.first === overlooked && !isReversed && !isByWord) continue
    hasFaults = true
    const expected = isReversed
      ? 'the lower number first'
      : `numbers and ranges up to \`${highest}\` such as \`0-3\``
    place ??= placesIn(value, context, 'full')
    yield fieldFault(
      place(field),
      `Unexpected ${quote(field.text)}, expected ${expected}`,
      isReversed ? 'word' : effect,
    )
    if (!isByWord && !isReversed) return undefined
  }
  if (!fault) return ranges.length > 0 ? ranges : hasFaults ? 'none' : 'nothing'
  place ??= placesIn(value, context, 'full')
  yield splittingFault(place(fault), effect === 'unit' ? 'unit' : 'line')
  return undefined
}

function itself<Piece>(piece: Piece): Piece {
  return piece
}

/** Two numbers around a dash, or one alone; undefined for anything else. */
export function parseRange(text: string, version: number): Range | undefined {
  const field = fieldAt(text, 0, version, {separators: '-', everySeparator: true})
  if (!field || 'fault' in field) return undefined
  const first = parseUnsigned(field.text, 32, version)
  const last = field.next === undefined ? first : parseUnsigned(text.slice(field.next), 32, version)
  return first === undefined || last === undefined ? undefined : {first, last}
}

const highest = 8191n
/** Up to 257 the highest number of all counts as no word. */
const overlooked = 0xffffffffn

function expandsSpecifiers({facts, version}: ValueContext): boolean {
  return version >= (facts.key === 'NUMAMask' ? 258 : 250)
}
