import {
  expandSpecifiers,
  specifierSince,
  unknownSpecifier,
  type SpecifierTable,
} from './specifiers.ts'
import type {Span} from '../syntax/tree.ts'
import type {ValueFault, ValueContext} from './fault.ts'

/**
 * A value with its `%` specifiers replaced, as the directive's table has them; undefined when one
 * is unknown there, which makes the value invalid (systemd.unit(5), "specifiers").
 */
export function expand(
  text: string,
  context: ValueContext,
  table: SpecifierTable | undefined = context.facts.specifiers,
): string | undefined {
  if (table === undefined || !text.includes('%')) return text
  const {unitName: name, manager, version} = context
  return expandSpecifiers(text, {name, manager, target: {version}}, table)
}

/**
 * From a piece of a value whose specifiers are replaced to where it comes from in the value: of
 * what a specifier stands for, all of that.
 */
export function placesIn(
  value: string,
  context: ValueContext,
  table: SpecifierTable | undefined = context.facts.specifiers,
): <Piece extends Span>(piece: Piece) => Piece {
  const parts: Segment[] = []
  const lengths = new Map<string, number>()
  let offset = 0
  for (const {index, 0: text} of value.matchAll(/%[^]?|[^%]+/g)) {
    const length = text.startsWith('%')
      ? (lengths.get(text) ?? (expand(text, context, table) ?? text).length)
      : text.length
    if (text.startsWith('%')) lengths.set(text, length)
    parts.push({from: index, to: index + text.length, start: offset, end: offset + length})
    offset += length
  }
  return (piece) => {
    const first = parts[lastAt(parts, piece.start)]
    let at = lastAt(parts, piece.end - 1)
    const last = parts[at]
    if (!first || !last) return piece
    // What comes to nothing belongs to what it stands behind.
    while (parts[at + 1]?.end === piece.end) at++
    return {...piece, start: fromIn(first, piece.start), end: toIn(parts[at] ?? last, piece.end)}
  }
}

/** A specifier or what stands between two, in a value and in what that comes to. */
interface Segment {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/** The last part that begins at an offset or before. */
function lastAt(parts: readonly Segment[], offset: number): number {
  let [low, high] = [0, parts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

function fromIn({from, to, start, end}: Segment, offset: number): number {
  return to - from === end - start ? from + offset - start : from
}

function toIn({from, to, start, end}: Segment, offset: number): number {
  return to - from === end - start ? from + offset - start : to
}

/**
 * What to say of a piece of a value that `expand` finds an unknown specifier in; the piece is found
 * in the value as it is written.
 */
export function specifierFault(
  value: string,
  piece: {readonly start: number; readonly end: number},
  context: ValueContext,
  effect: ValueFault['effect'],
): ValueFault {
  const table = context.facts.specifiers ?? 'full'
  const found = unknownSpecifier(value.slice(piece.start, piece.end), table, context.version)
  const from = piece.start + (found?.at ?? 0)
  const to = found ? from + 2 : piece.end
  const newest = found && specifierSince(found.text[1] ?? '', table)
  const why = newest === undefined ? 'unknown' : `unknown before ${newest}`
  const message = `Unexpected specifier \`${value.slice(from, to)}\`, ${why}, expected \`%%\` for a percent sign`
  // In text, a letter that no version knows stands for itself, such as that of a date.
  const meant =
    found && newest === undefined && texts.has(context.facts.type) ? {meant: `%${found.text}`} : {}
  return {from, to, message, effect, kind: 'unknown-specifier', ...meant}
}

/** Types of values that say whatever their author likes. */
const texts: ReadonlySet<string> = new Set([
  'c-escaped-text',
  'condition-string',
  'environment-assignment-list',
  'exec-command',
  'journal-field-list',
  'string',
])

/** The specifiers for control groups in a value, which systemd warns of without naming the line. */
export function* deprecatedSpecifiers(value: string, {facts}: ValueContext): Generator<ValueFault> {
  if (facts.specifiers === undefined || facts.specifiers === 'name' || !value.includes('%')) return
  for (const {index, 0: found} of value.matchAll(/%./gs)) {
    if (!/[crR]/.test(found)) continue
    yield {
      from: index,
      to: index + 2,
      message: `Unexpected specifier \`${found}\`, which is deprecated`,
      effect: 'notice',
      kind: 'deprecated-value',
      unplaced: true,
    }
  }
}
