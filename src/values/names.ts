import type {ValueFault, Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {parserOf} from './parsers.ts'
import {quote} from './quote.ts'

/**
 * Words that are names: `LUOSession=`, `OOMRules=` (systemd.service(5),
 * systemd.resource-control(5)).
 */
export const nameList: Validator = (value, context) =>
  parserOf(context.facts, context.version) === 'config_parse_luo_sessions'
    ? faultsOfSessions(value, context)
    : faultsOfRules(value, context)

function* faultsOfSessions(
  value: string,
  {version, memory}: Parameters<Validator>[1],
): Generator<ValueFault> {
  const {fields, fault} = fieldsOf(value, version)
  for (const field of fields) {
    const place = `LUOSession=${field.text}`
    if (
      field.text.length > 255 ||
      !/^[\x20-\x7e]+$/.test(field.text) ||
      /["'\\*?[:]/.test(field.text)
    ) {
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected a name of printable characters of ASCII`,
      )
    } else if (memory.has(place)) {
      yield {
        ...fieldFault(field, `Unexpected ${quote(field.text)}, which is in the list already`),
        kind: 'repeated',
      }
    } else memory.add(place)
  }
  if (fault) yield splittingFault(fault)
}

function* faultsOfRules(value: string, {version}: Parameters<Validator>[1]): Generator<ValueFault> {
  const {fields, fault} = fieldsOf(value, version, {quotes: true, backslash: 'keep'})
  for (const field of fields) {
    const isName =
      field.text !== '' &&
      field.text !== '.' &&
      field.text !== '..' &&
      new TextEncoder().encode(field.text).length <= 255 &&
      !/[\x00-\x1f\x7f"'\\*?[/]/.test(field.text)
    if (!isName)
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected a file name without quotes and wildcards`,
      )
  }
  if (fault) yield splittingFault(fault)
}
