import {expand, specifierFault} from './expansion.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {fieldFault, fieldsOf, isText, splittingFault, type Field, type FieldForm} from './fields.ts'
import {quote} from './quote.ts'

/** `Environment=` (systemd.exec(5)). */
export const environmentAssignmentList: Validator = (value, context) =>
  faultsOfWords(value, context, {quotes: true, backslash: 'c'}, (text) =>
    isAssignment(text) ? undefined : 'an assignment such as `NAME=value`',
  )

/** `PassEnvironment=` (systemd.exec(5)). */
export const environmentNameList: Validator = (value, context) =>
  faultsOfWords(value, context, {quotes: true}, (text) =>
    isName(text) ? undefined : 'the name of a variable',
  )

/** `UnsetEnvironment=` (systemd.exec(5)). */
export const environmentNameOrAssignmentList: Validator = (value, context) =>
  faultsOfWords(value, context, {quotes: true, backslash: 'c'}, (text) =>
    isName(text) || isAssignment(text) ? undefined : 'the name of a variable or an assignment',
  )

/** `LogExtraFields=` (systemd.exec(5)). */
export const journalFieldList: Validator = (value, context) =>
  faultsOfWords(value, context, {quotes: true, backslash: 'c'}, (text) => {
    const equals = text.indexOf('=')
    if (equals === -1) return 'a field such as `NAME=value`'
    return /^[A-Z][A-Z0-9_]{0,63}$/.test(text.slice(0, equals))
      ? undefined
      : 'a field whose name has capital letters, digits and `_`'
  })

/**
 * Go through the words of a value; what a word should have been comes from `expected`, undefined
 * for a good one.
 */
function* faultsOfWords(
  value: string,
  context: ValueContext,
  form: FieldForm,
  expected: (text: string, field: Field) => string | undefined,
): Generator<ValueFault> {
  const {fields, fault} = fieldsOf(value, context.version, form)
  for (const field of fields) {
    const text = expand(field.text, context)
    if (text === undefined) {
      yield specifierFault(value, field, context, 'word')
      continue
    }
    const wanted = expected(text, field)
    if (wanted !== undefined)
      yield fieldFault(field, `Unexpected ${quote(field.text)}, expected ${wanted}`)
  }
  if (fault) yield splittingFault(fault)
}

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}

function isAssignment(text: string): boolean {
  const equals = text.indexOf('=')
  return equals !== -1 && isName(text.slice(0, equals)) && isValue(text.slice(equals + 1))
}

/** Any characters, but not bytes that are none. */
function isValue(text: string): boolean {
  return isText(text)
}
