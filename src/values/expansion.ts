import {
  expandSpecifiers,
  specifierSince,
  unknownSpecifier,
  type SpecifierTable,
} from './specifiers.ts'
import type {Fault, ValueContext} from './fault.ts'

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
 * What to say of a piece of a value that `expand` finds an unknown specifier in; the piece is found
 * in the value as it is written.
 */
export function specifierFault(
  value: string,
  piece: {readonly start: number; readonly end: number},
  context: ValueContext,
  effect: Fault['effect'],
): Fault {
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
export function* deprecatedSpecifiers(value: string, {facts}: ValueContext): Generator<Fault> {
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
