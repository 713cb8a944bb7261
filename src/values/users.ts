import {expand, specifierFault} from './expansion.ts'
import type {ValueFault, Reader, ValueContext} from './fault.ts'
import {fieldsOf, splittingFault, type Field} from './fields.ts'
import {quote} from './quote.ts'

/**
 * A user's or group's name or number: `User=`, `SocketGroup=` (systemd.exec(5), systemd.socket(5)).
 */
export const userOrGroup: Reader<string> = function* (value, context) {
  return yield* readName(value, {start: 0, end: value.length, text: value}, context)
}

/** Several of them: `SupplementaryGroups=` (systemd.exec(5)). */
export const userOrGroupList: Reader<readonly string[]> = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version)
  const names: string[] = []
  for (const field of fields) {
    const name = yield* readName(value, field, context)
    if (name === undefined) return undefined
    names.push(name)
  }
  if (!fault) return names
  yield splittingFault(fault, 'unit')
  return undefined
}

/** Whether a user is root, by name or number. */
export function isRoot(user: string): boolean {
  return user === 'root' || user === '0'
}

function* readName(
  value: string,
  field: Omit<Field, 'next'>,
  context: ValueContext,
): Generator<ValueFault, string | undefined> {
  const name = expand(field.text, context)
  const [from, to] = [field.start, field.end]
  if (name === undefined) {
    yield specifierFault(value, field, context, 'unit')
    return undefined
  }
  if (!isUserOrGroup(name)) {
    const message = `Unexpected ${quote(field.text)}, expected a name or number`
    yield {from, to, message, effect: 'unit'}
    return undefined
  }
  if (!/^(?:[0-9]+|[A-Za-z_][A-Za-z0-9_-]{0,30})$/.test(name)) {
    const message = `Unexpected ${quote(field.text)}, expected a name of letters, digits, \`-\` and \`_\``
    yield {from, to, message, effect: 'notice', unplaced: true}
  }
  if (name === 'nobody' && context.facts.key.includes('User')) {
    const message = 'Unexpected `nobody`, expected a user that no other service has'
    yield {from, to, message, effect: 'notice'}
  }
  return name
}

/** Whether systemd takes a text for a user or group: a number or a name. */
function isUserOrGroup(text: string): boolean {
  if (text === '-') return false
  return (/^[0-9]+$/.test(text) ? isUserNumber(text) : isRelaxedName(text)) || isOddNumber(text)
}

function isUserNumber(text: string): boolean {
  if (text.length > 10 || (text.length > 1 && text.startsWith('0'))) return false
  const number = Number(text)
  return number < 0xffff_ffff && number !== 0xffff
}

function isRelaxedName(text: string): boolean {
  if (text === '' || text === '.' || text === '..') return false
  return !/^[ \t]|[ \t]$|[:/\x00-\x1f\x7f]|^-[0-9]+$/.test(text)
}

/**
 * A number behind white space of C that is none of systemd's; the check for leading zeros does not
 * reach it.
 */
function isOddNumber(text: string): boolean {
  const [, digits] = /^[\v\f][ \t\n\r\v\f]*[+]?0*([0-9]{1,10})$/.exec(text) ?? []
  return digits !== undefined && Number(digits) < 0xffff_ffff && Number(digits) !== 0xffff
}
