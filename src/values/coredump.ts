import {meantAmong, oneOf, wordsOf} from './enums.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {quote} from './quote.ts'

/** `CoredumpFilter=`: kinds of mappings, or bits in hexadecimal (systemd.exec(5)). */
export const coredumpFilter: Validator = function* (value, context) {
  const words = wordsOf(context)
  const {fields, fault} = fieldsOf(value, context.version)
  for (const field of fields) {
    if (words.includes(field.text) || field.text === 'all' || isMask(field.text)) continue
    yield fieldFault(
      field,
      `Unexpected ${quote(field.text)}, expected \`all\`, a mask or ${oneOf(words, context)}`,
      'line',
      meantAmong(field.text, [...words, 'all']),
    )
    return
  }
  if (fault)
    yield {...lineFault(value, splittingFault(fault).message), from: fault.start, to: fault.end}
}

function isMask(text: string): boolean {
  return /^[ \t\n\r\v\f]*(?:[+]?(?:0[xX])?0*[0-9a-fA-F]{1,16}|-(?:0[xX])?0+)$/.test(text)
}
