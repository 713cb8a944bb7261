import {parse, printParseErrorCode, visit} from 'jsonc-parser'

type ErrorCode = Parameters<typeof printParseErrorCode>[0]

/**
 * The value of JSON that may have comments, and commas behind what is last. Throws with the line
 * and column of the first fault, counted from 1; a key that an object has twice is one.
 *
 * It takes longer than `JSON.parse`, and is loaded where that has failed or lost a key.
 */
export function relaxedJson(text: string): unknown {
  let first: string | undefined
  const fault = (line: number, column: number, what: string): void => {
    first ??= `${line + 1}:${column + 1}: ${what}`
  }
  // Where each key of the objects that are open stands; the innermost object is the last.
  const open: Array<Map<string, string>> = []
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Map()),
      onObjectEnd: () => void open.pop(),
      onError: (code: ErrorCode, _offset, _length, line, column) =>
        fault(line, column, `Unexpected JSON: ${words(printParseErrorCode(code))}`),
      // It would be what the object is made of.
      onObjectProperty: (key, _offset, _length, line, column) => {
        if (key === '__proto__') fault(line, column, 'Unexpected key `__proto__`')
        const before = open.at(-1)?.get(key)
        if (before !== undefined)
          fault(line, column, `Unexpected second key \`${key}\`, it is at ${before} already`)
        open.at(-1)?.set(key, `${line + 1}:${column + 1}`)
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
