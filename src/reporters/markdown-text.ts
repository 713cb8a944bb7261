import {printable} from './printable.ts'

/**
 * Text of units as Markdown (CommonMark, with GitHub's tables): none of it is markup or a mention.
 */

/** Code. */
export function code(text: string): string {
  const shown = printable(text)
  if (shown === '') return ''
  const longest = (shown.match(/`+/g) ?? []).reduce((most, {length}) => Math.max(most, length), 0)
  const fence = '`'.repeat(longest + 1)
  // A backtick beside the fence would belong to it, and of white space at both ends one is taken
  // off.
  const space = /^`|`$|^ .* $/s.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** Code that stays in the cell of a table. */
export function codeInCell(text: string): string {
  return text.includes('|')
    ? `<code>${printable(text).replaceAll(/[^\w ./=-]/gu, entity)}</code>`
    : code(text)
}

/** Words of ours that quote units: what stands in backticks is code. */
export function prose(text: string, codeOf: (text: string) => string = code): string {
  const runs = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]+`)/)
  return runs
    .map((run, index) => (index % 2 === 1 ? codeOf(run.slice(1, -1)) : escaped(run)))
    .join('')
}

/** Plain text. */
function escaped(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]<>#~!&]/g, String.raw`\$&`)
    .replaceAll('|', '&#124;')
    .replaceAll('@', '@<!-- -->')
    .replaceAll(/:(?=\/\/)/g, '<!-- -->:')
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`
}
