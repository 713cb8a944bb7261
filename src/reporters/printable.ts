/**
 * What shows nothing of itself, or moves what others show: control and format characters
 * (bidirectional, zero-width, tags), line separators, halves of surrogate pairs. What chooses how
 * an emoji looks (U+FE0E, U+FE0F) stays.
 */
function unprintable(): RegExp {
  // Of the tables of Unicode it takes long to be made, and most text is plain.
  return /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
}

/** What is printable without a doubt. */
const plain = /^[ -~]*$/

/**
 * What a runner of CI obeys wherever it stands in a line: `##[error]`, `##vso[...]`,
 * `##teamcity[...]`.
 */
const runnerCommand = /#(?=#[a-z]*\[)/gi

/** What one obeys at the start of a line, behind white space and colours: `::error::`. */
const lineCommand = /^((?:\s|\u001B\[[\d;]*m)*):(?=:)/

/**
 * Text from a file or a file name, fit to be shown within one line: what could move the cursor,
 * start a line, reorder or hide text or be obeyed by a runner is written as `\xNN` or `\u{NNNN}`.
 */
export function printable(text: string): string {
  const shown = plain.test(text) ? text : text.replaceAll(unprintable(), escaped)
  return shown.replaceAll(runnerCommand, escaped)
}

/**
 * Whole lines for people, of text that is printable: none of them is one that a runner of CI obeys.
 */
export function inert(lines: string): string {
  return lines.includes('::')
    ? lines
        .split('\n')
        .map((line) => line.replace(lineCommand, `$1${escaped(':')}`))
        .join('\n')
    : lines
}

/**
 * A path as it may be pasted behind a command: with `./` in front where it begins like an option,
 * or like what a runner of CI obeys.
 */
export function pastable(path: string): string {
  return /^(?:-.|::|\s)/.test(path) ? `./${path}` : path
}

/** A value as JSON that is printable; what a program reads from it is the value as it was. */
export function printableJson(value: unknown, indentation?: number): string {
  const json = JSON.stringify(value, undefined, indentation)
  // A line end outside of texts is of the indentation; within texts all control characters have
  // been escaped.
  const shown = plain.test(json)
    ? json
    : json.replaceAll(unprintable(), (one) => (one === '\n' ? one : escapedUnits(one)))
  return shown.replaceAll(runnerCommand, escapedUnits)
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

function escapedUnits(text: string): string {
  return text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
