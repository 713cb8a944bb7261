import {parse, printParseErrorCode, visit} from 'jsonc-parser'

type ErrorCode = Parameters<typeof printParseErrorCode>[0]

/**
 * The value of JSON that may have comments, and commas behind what is last. Throws with the line
 * and column of the first fault, counted from 1.
 *
 * It takes longer than `JSON.parse`, and is loaded where that has failed.
 */
export function relaxedJson(text: string): unknown {
  let first: string | undefined
  const fault = (line: number, column: number, what: string): void => {
    first ??= `${line + 1}:${column + 1}: ${what}`
  }
  visit(
    text,
    {
      onError: (code: ErrorCode, _offset, _length, line, column) =>
        fault(line, column, `Unexpected JSON: ${words(printParseErrorCode(code))}`),
      // It would be what the object is made of.
      onObjectProperty: (key, _offset, _length, line, column) => {
        if (key === '__proto__') fault(line, column, 'Unexpected key `__proto__`')
      },
    },
    {allowTrailingComma: true},
  )
  if (first !== undefined) throw new Error(first)
  return parse(text, [], {allowTrailingComma: true})
}

/** `CommaExpected` as `comma expected`. */
function words(name: string): string {
  return name.replaceAll(
    /[A-Z]/g,
    (letter, at: number) => `${at === 0 ? '' : ' '}${letter.toLowerCase()}`,
  )
}
