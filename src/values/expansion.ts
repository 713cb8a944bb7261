import {expandSpecifiers, specifierSince} from './specifiers.ts'
import type {Fault, ValueContext} from './fault.ts'

/**
 * A value with its `%` specifiers replaced, as the directive's table has them; undefined when one is unknown there, which
 * makes the value invalid (systemd.unit(5), "specifiers").
 */
export function expand(text: string, context: ValueContext, table = context.facts.specifiers): string | undefined {
  if (table === undefined || !text.includes('%')) return text
  if (unknownSpecifier(text, table, context.version) !== undefined) return undefined
  const written = text.replaceAll(/%(?:%|[a-zA-Z])/g, (found) => ofMachine.get(found) ?? ofUnit(found, context))
  return expandSpecifiers(written, {name: context.unitName, manager: context.manager, target: {version: context.version}})
}

/** What a specifier makes of the unit's full name, where that matters; else itself. */
function ofUnit(found: string, {unitName, manager}: ValueContext): string {
  const isSystem = manager === 'system'
  switch (found) {
    case '%c':
      return `/${unitName}`
    case '%d':
      return `${isSystem ? '/run' : '/run/user/1000'}/credentials/${unitName}`
    case '%y':
      return `${isSystem ? '/etc/systemd/system' : '/home/user/.config/systemd/user'}/${unitName}`
    default:
      return found
  }
}

/** The first specifier in a text that a table does not have: its offset and two characters. */
function unknownSpecifier(text: string, table: SpecifierTable, version: number): {at: number; text: string} | undefined {
  for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at + 2)) {
    const letter = text[at + 1] ?? ''
    if (/[A-Za-z0-9]/.test(letter) && version < (firstVersion(letter, table) ?? Infinity)) return {at, text: text.slice(at, at + 2)}
  }
  return undefined
}

/** What to say of a piece of a value that `expand` finds an unknown specifier in; the piece is found in the value as it is written. */
export function specifierFault(value: string, piece: {readonly start: number; readonly end: number}, context: ValueContext, effect: Fault['effect']): Fault {
  const table = context.facts.specifiers ?? 'full'
  const found = unknownSpecifier(value.slice(piece.start, piece.end), table, context.version)
  const from = piece.start + (found?.at ?? 0)
  const to = found ? from + 2 : piece.end
  const newest = found && firstVersion(found.text[1] ?? '', table)
  const why = newest === undefined ? 'unknown' : `unknown before ${newest}`
  const message = `Unexpected specifier \`${value.slice(from, to)}\`, ${why}, expected \`%%\` for a percent sign`
  // In text, a letter that no version knows stands for itself, such as that of a date.
  const meant = found && newest === undefined && texts.has(context.facts.type) ? {meant: `%${found.text}`} : {}
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

/** Which directives expand which specifiers: unit names know fewer than other values. */
export type SpecifierTable = NonNullable<ValueContext['facts']['specifiers']>

/** The first version in which a table has a letter; undefined for one that means nothing. */
function firstVersion(letter: string, table: SpecifierTable): number | undefined {
  return specifierSince(letter, table === 'name' ? 'name' : 'full')
}

/**
 * What some specifiers have on a machine that sets what it must and no more: of the right form and length.
 *
 * `%c`, `%r` and `%R` are paths of control groups, which are not known yet when systemd reads the unit.
 */
const ofMachine: ReadonlyMap<string, string> = new Map([
  ['%A', ''],
  ['%B', ''],
  ['%M', ''],
  ['%W', ''],
  ['%r', ''],
  ['%R', ''],
  ['%a', 'x86-64'],
  ['%b', '1a'.repeat(16)],
  ['%m', '1b'.repeat(16)],
  ['%v', '6.12.0-amd64'],
  ['%o', 'debian'],
  ['%w', '13'],
])
