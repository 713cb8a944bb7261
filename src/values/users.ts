import {expand, specifierFault} from './expansion.ts'
import type {Fault, Validator, ValueContext} from './fault.ts'
import {fieldsOf, splittingFault} from './fields.ts'
import {isUserOrGroup} from './names.ts'
import {quote} from './quote.ts'

/** A user's or group's name or number: `User=`, `SocketGroup=` (systemd.exec(5), systemd.socket(5)). */
export const userOrGroup: Validator = function* (value, context) {
  yield* faultsOfName(value, {start: 0, end: value.length, text: value}, context)
}

/** Several of them: `SupplementaryGroups=` (systemd.exec(5)). */
export const userOrGroupList: Validator = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version)
  for (const field of fields) {
    let ended = false
    for (const found of faultsOfName(value, field, context)) {
      yield found
      ended ||= found.effect === 'unit'
    }
    if (ended) return
  }
  if (fault) yield splittingFault(fault, 'unit')
}

function* faultsOfName(value: string, field: {readonly text: string; readonly start: number; readonly end: number}, context: ValueContext): Generator<Fault> {
  const name = expand(field.text, context)
  const [from, to] = [field.start, field.end]
  if (name === undefined) {
    yield specifierFault(value, field, context, 'unit')
  } else if (!isName(name)) {
    yield {from, to, message: `Unexpected ${quote(name)}, expected a name or number`, effect: 'unit'}
  } else {
    if (!/^(?:[0-9]+|[A-Za-z_][A-Za-z0-9_-]{0,30})$/.test(name)) {
      yield {from, to, message: `Unexpected ${quote(name)}, expected a name of letters, digits, \`-\` and \`_\``, effect: 'notice', unplaced: true}
    }
    if (name === 'nobody' && context.facts.key.includes('User')) {
      yield {from, to, message: 'Unexpected `nobody`, expected a user that no other service has', effect: 'notice'}
    }
  }
}

function isName(text: string): boolean {
  return (isUserOrGroup(text) && text !== '-') || isOddNumber(text)
}

/** A number behind white space of C that is none of systemd's; the check for leading zeros does not reach it. */
function isOddNumber(text: string): boolean {
  const [, digits] = /^[\v\f][ \t\n\r\v\f]*[+]?0*([0-9]{1,10})$/.exec(text) ?? []
  return digits !== undefined && Number(digits) < 0xffff_ffff && Number(digits) !== 0xffff
}
