/**
 * The text that a C escape stands for, and how many characters behind the backslash it takes;
 * undefined for an unknown one.
 */
export function unescapeAt(
  value: string,
  at: number,
  version: number,
  acceptsNul = false,
): {text: string; length: number} | undefined {
  const single = singles.get(value[at] ?? '')
  if (single !== undefined) return {text: single, length: 1}
  numeric.lastIndex = at
  const [all, byte, short, long, octal] = numeric.exec(value) ?? []
  if (all === undefined) return undefined
  const code =
    octal === undefined
      ? Number.parseInt(byte ?? short ?? long ?? '', 16)
      : Number.parseInt(octal, 8)
  if (code === 0 && !acceptsNul) return undefined
  if (byte !== undefined || octal !== undefined)
    return {text: String.fromCharCode(code > 0x7f ? 0xdc00 + code : code), length: all.length}
  if (long === undefined ? version >= 259 && isSurrogate(code) : !isCharacter(code))
    return undefined
  return {text: String.fromCodePoint(code), length: all.length}
}

const singles: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['s', ' '],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
])

const numeric = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})/y

/** Whether a code point is one half of a pair that UTF-16 writes a character with. */
function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function isCharacter(code: number): boolean {
  return (
    code < 0x110000 &&
    !isSurrogate(code) &&
    !(code >= 0xfdd0 && code <= 0xfdef) &&
    (code & 0xfffe) !== 0xfffe
  )
}
