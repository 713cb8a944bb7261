import {parseBoolean} from './boolean.ts'
import {meantAmong, oneOf, wordsOf} from './enums.ts'
import {
  lineFault,
  type ValueFault,
  type Reader,
  type Validator,
  type ValueContext,
} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type FieldForm} from './fields.ts'
import {meantWords, plainly} from './meant.ts'
import {quote} from './quote.ts'

/**
 * `Delegate=`: a boolean or controllers (systemd.resource-control(5)).
 *
 * Means whether the group is delegated; unknown controllers are no reason not to.
 */
export const booleanOrControllerList: Reader<boolean> = function* (value, context) {
  const delegates = parseBoolean(value)
  if (delegates !== undefined) return delegates
  let isLost = false
  for (const fault of faultsOfControllers(value, context, {quotes: true})) {
    yield fault
    isLost ||= fault.effect === 'line'
  }
  return isLost ? undefined : true
}

/**
 * `DisableControllers=`: systemd says nothing of unknown words while one is known
 * (systemd.resource-control(5)).
 */
export const controllerList: Validator = function* (value, context) {
  const words = wordsOf(context)
  const {fields} = fieldsOf(value, context.version)
  if (!fields.some(({text}) => words.includes(text))) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected ${oneOf(words, context)}`,
      plainly(value, controllerList, context, (bare) =>
        meantWords(bare, (word) => meantAmong(word, words)),
      ),
    )
    return
  }
  for (const fault of faultsOfControllers(value, context, {}))
    yield fault.effect === 'word' ? {...fault, silent: true} : fault
}

function* faultsOfControllers(
  value: string,
  context: ValueContext,
  form: FieldForm,
): Generator<ValueFault> {
  const words = wordsOf(context)
  const {fields, fault} = fieldsOf(value, context.version, form)
  for (const field of fields) {
    if (!words.includes(field.text))
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected ${oneOf(words, context)}`,
        'word',
        meantAmong(field.text, words),
      )
  }
  if (fault) yield splittingFault(fault)
}
