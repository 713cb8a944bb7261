import {expand, specifierFault} from './expansion.ts'
import {enumeration} from './enums.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {plainly} from './meant.ts'
import {expectedPath} from './paths.ts'
import {expandPath, specifierOrLength} from './path-values.ts'
import {isDescriptorName} from './strings.ts'
import {quote} from './quote.ts'

/** `StandardInput=` (systemd.exec(5)). */
export const execInput: Validator = (value, context) => faultsOfStream(value, context, ['file:'])

/** `StandardOutput=` and `StandardError=` (systemd.exec(5)). */
export const execOutput: Validator = (value, context) =>
  faultsOfStream(value, context, [
    'file:',
    'append:',
    ...(context.version >= 248 ? ['truncate:'] : []),
  ])

function* faultsOfStream(
  value: string,
  context: ValueContext,
  fileForms: readonly string[],
): Generator<ValueFault> {
  const form = ['fd:', ...fileForms].find((prefix) => value.startsWith(prefix))
  if (form === undefined) {
    const validator: Validator = (text) => faultsOfStream(text, context, fileForms)
    const meant = value.includes(':')
      ? plainly(value, validator, context, (bare) =>
          bare.replace(/^[A-Za-z]+(?=:)/, (prefix) => prefix.toLowerCase()),
        )
      : undefined
    for (const fault of enumeration(value, context))
      yield meant === undefined ? fault : {...fault, meant}
    return
  }
  const piece = {start: form.length, end: value.length}
  const text =
    form === 'fd:'
      ? expand(value.slice(form.length), context)
      : expandPath(value.slice(form.length), context)
  const expected =
    text === undefined || form === 'fd:'
      ? undefined
      : expectedPath(text, {kind: 'absolute'}, context.version)
  const fault = (expected: string): ValueFault => ({
    from: piece.start,
    to: piece.end,
    message: `Unexpected ${quote(value.slice(piece.start))}, expected ${expected}`,
    effect: 'line',
  })
  if (text === undefined)
    yield form === 'fd:'
      ? specifierFault(value, piece, context, 'line')
      : specifierOrLength(value, piece, context, 'line')
  else if (form === 'fd:') {
    if (!isDescriptorName(text)) yield fault('the name of a file descriptor')
  } else if (expected !== undefined) yield fault(expected)
}
