import type {Assignment, AssignmentSource} from './unit.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {dialectOf} from '../values/dialect.ts'

/**
 * Offsets in the value of the percent signs that systemd replaces without a word, with the letter
 * behind them, though a date, a format or a character of a link is plainly meant (systemd.unit(5),
 * "specifiers"); `%%` would be a percent sign.
 */
export function literalPercents(
  {section, key, value}: Assignment,
  unit: Pick<AssignmentSource, 'name' | 'manager' | 'target'>,
): readonly number[] {
  if (!/%[A-Za-z]/.test(value) || value.length > longest) return []
  const table = dialectOf(unit.target).row(section, key, unit.target.version)?.specifiers
  if (table === undefined || table === 'name') return []
  const text = value.replaceAll('%%', '\0\0')
  const found = new Set<number>()
  for (const {before, letters = anyLetter, isLink} of formats) {
    for (const {index, 0: lead, 1: quote} of text.matchAll(before)) {
      const start = index + lead.length
      for (const letter of formatAt(text, start, quote, isLink).matchAll(letters))
        found.add(start + letter.index)
    }
  }
  for (const pattern of key === 'Description' ? [...sequences, sharesInText] : sequences) {
    for (const {index, 0: sequence} of text.matchAll(pattern))
      for (const letter of sequence.matchAll(anyLetter)) found.add(index + letter.index)
  }
  return [...found]
    .filter((at) => expandSpecifiers(text.slice(at, at + 2), unit) !== undefined)
    .toSorted((one, other) => one - other)
}

/** A format from its start to its end: the quote that closes it, else the end of the word. */
function formatAt(text: string, start: number, quote: string | undefined, isLink = false): string {
  const rest = text.slice(start, start + longestFormat)
  const opening = quote ?? /^\\?(["'])/.exec(rest)?.[1]
  const inner = quote === undefined && opening !== undefined ? rest.indexOf(opening) + 1 : 0
  const end =
    opening === undefined
      ? rest.search(isLink ? /[\s"'`]/ : /[\s"'`|;&)]/)
      : rest.indexOf(opening, inner)
  return end === -1 ? rest : rest.slice(0, end)
}

/** Where a format of another program stands. */
interface Format {
  /** What stands before it, with the quote that it is in as the first group. */
  readonly before: RegExp
  /** The letters of the program's own; absent: all. */
  readonly letters?: RegExp
  readonly isLink?: true
}

const anyLetter = /%[A-Za-z]/g

const formats: readonly Format[] = [
  {
    before: /(?:^|[\s/"'`(;|&])g?date[ \t](?:[^|;&`()]{0,200}?[ \t])??\\?(["'])?\+/g,
    letters: /%[aAbBcCdDgGhHIjlmMnNpPrRsSTuUVwWyY]/g,
  },
  // A slash behind the letter shows a folder.
  {
    before:
      /(?:^|[\s/"'`({;|&])printf(?:[ \t]+-v[ \t]+[^ \t]{1,50})?(?:[ \t]+--)?(?:[ \t]+|[ \t]*\([ \t]*)/g,
    letters: /%[bcdeEfgGoqsxX](?!\/)/g,
  },
  {
    before:
      /(?:^|[\s/"'`(;|&])stat[ \t](?:[^|;&`()]{0,200}?[ \t])??(?:-c|--format|--printf)[ \t=]{0,10}/g,
  },
  {before: /(?:^|[\s/"'`(;|&])find[ \t][^|;&`]{0,500}?[ \t]-printf[ \t]{1,10}/g},
  {
    before:
      /(?:^|[\s/"'`(;|&])git[ \t][^|;&`()]{0,200}?--(?:pretty|format)[ \t=]\\?(["'])?(?:t?format:)?/g,
  },
  {before: /core_pattern[ \t]{0,10}=[ \t]{0,10}/g},
  {before: /:\/\//g, letters: /%[A-Fa-f](?=[0-9]|[A-Fa-f]%)/g, isLink: true},
]

/** Dates and times of day, whoever reads them. */
const sequences: readonly RegExp[] = [
  /%[Yy][-_./]?%m(?:[-_./]?%d)?/g,
  /%d[-_./]?%m[-_./]?%[Yy]/g,
  /%H(?::%M(?::%S)?|%M|[-_.]%M[-_.]%S)(?:%S)?/g,
]

/** `100%CPU`. */
const sharesInText = /(?<=[0-9])%[A-Za-z](?=[A-Za-z])/g

/** Nobody writes a longer line by hand. */
const longest = 10_000
/** Nor a longer format; each is looked through by itself. */
const longestFormat = 1_000
