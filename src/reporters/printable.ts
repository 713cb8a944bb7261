/** What may not reach a terminal or a log line as it is: control and bidirectional characters, line separators, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

/** Text from a file or a file name, fit to be shown on one line: what could move the cursor, start a line or reorder text is written as `\xNN` or `\u{NNNN}`. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}
