/** Bytes that one line, and one logical line, may have (systemd's `LONG_LINE_MAX`). */
export const longLineMax = 1024 * 1024

/**
 * Where the line behind a line end starts. Line ends are `\n`, `\r` and NUL; different ones in a
 * row are one line end, except that nothing joins a NUL.
 */
export function nextLine(text: string, end: number): number {
  let next = end
  let seen = 0
  while (next < text.length && (seen & 4) === 0) {
    const code = text.charCodeAt(next)
    const bit = code === 0x0a ? 1 : code === 0x0d ? 2 : code === 0 ? 4 : 0
    if (bit === 0 || (seen & bit) !== 0) break
    seen |= bit
    next++
  }
  return next
}

/** What of a text stands before the first such; all of it where there is none. */
export function upTo(text: string, end: string | RegExp): string {
  return text.split(end, 1)[0] ?? ''
}

/** The first character of a range that is neither a space nor a tab; its end when there is none. */
export function firstNonBlank(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isBlank(text.charCodeAt(index))) index++
  return index
}

/**
 * Behind the last character of a range that is neither a space nor a tab; its start when there is
 * none.
 */
export function lastNonBlank(text: string, start: number, end: number): number {
  let index = end
  while (index > start && isBlank(text.charCodeAt(index - 1))) index--
  return index
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/**
 * Whether the last character of a range is a backslash that no backslash escapes.
 *
 * Within one physical line is enough: what came before ends in a space that no backslash precedes
 * unescaped.
 */
export function endsInBackslash(text: string, start: number, end: number): boolean {
  let index = end
  while (index > start && text.charCodeAt(index - 1) === 0x5c) index--
  return (end - index) % 2 === 1
}

/** Whether a physical line has too many bytes. */
export function isTooLong(text: string, start: number, end: number): boolean {
  return (end - start) * 3 >= longLineMax && byteLength(text, start, end) >= longLineMax
}

/**
 * Whether a text has nothing in it that stands for bytes that are not UTF-8: lone surrogates (see
 * `decode`) or, to systemd, noncharacters (`unichar_is_valid()`).
 */
export function isUnicode(text: string): boolean {
  return !/[\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text)
}

/** How many bytes a range of a text is in its file. */
export function byteLength(text: string, start: number, end: number): number {
  let bytes = 0
  for (let index = start; index < end; index++) bytes += bytesOf(text.charCodeAt(index))
  return bytes
}

/**
 * Both halves of a pair together count four; a lone low surrogate, which stands for one byte, none.
 */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  if (unit >= 0xd800 && unit < 0xdc00) return 4
  return unit >= 0xdc00 && unit < 0xe000 ? 0 : 3
}
