import {valueOffset} from '../syntax/place.ts'
import {eventOfCron} from '../values/cron.ts'
import {splitWords} from '../values/words.ts'
import {weighLine} from './deniable.ts'
import type {FaultyLine} from './faulty-line.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'
import {isValid} from './validity.ts'

/** What a line with values that systemd cannot read means, as far as one can tell. */
export interface MeantLine {
  /** As it should be written, in a line for each. */
  readonly values: readonly [string, ...string[]]
  /** The comment behind it that should stand alone. */
  readonly comment?: string
  readonly isInverted: boolean
  /** Words that systemd took, commas and all, are without them. */
  readonly lostCommas: boolean
  /** Whether systemd takes all of it without a word. */
  readonly isTaken: boolean
  readonly applicability: NonNullable<Fix['applicability']>
}

/**
 * The line without the comment behind it, if systemd takes that; else with the words that are
 * plainly meant.
 */
export function meantLine(unit: Unit, line: FaultyLine): MeantLine {
  const {value, pieces} = line.directive
  const end = pieces ? -1 : value.search(/(?<=[ \t])(?:[#;]|\/\/)/)
  const isOutside = ['"', "'"].every((quote) => value.slice(0, end).split(quote).length % 2 === 1)
  if (end !== -1 && isOutside) {
    const meaning = meantText(unit, line, value.slice(0, end).trimEnd())
    if (meaning.isTaken) return {...meaning, comment: value.slice(end).replace(/^\/\//, '#')}
  }
  return meantText(unit, line, value)
}

function meantText(unit: Unit, line: FaultyLine, written: string): MeantLine {
  const {directive, section} = line
  const {key, pieces} = directive
  const spelled = asMeant(line, written)
  const text = withoutCommas(unit, line, spelled)
  const tilde =
    inverting.has(key) && !pieces
      ? splitWords(text, 'plain').words.find((word) => word.start > 0 && word.text.startsWith('~'))
      : undefined
  const rest = tilde && text.slice(tilde.start).replaceAll('~', '')
  const values: MeantLine['values'] =
    !tilde || rest === undefined
      ? [text]
      : text.startsWith('~')
        ? [text.slice(0, tilde.start) + rest]
        : [text.slice(0, tilde.start).trimEnd(), `~${rest}`]
  const isTaken = values.every((value) => isValid(unit, section, key, value))
  const {applicability, because} = weighLine(unit, section, key, values.at(-1) ?? '')
  // The line itself, as it stands, is no evidence of what is needed.
  const isNeeded =
    applicability === 'withheld' &&
    because.some(({assignment}) => assignment?.directive !== directive)
  // A comma that is left says that the words may have been others.
  const isPlain = isTaken && !isNeeded && isSameWord(text, written) && !/,(?:[ \t]|$)/.test(text)
  // Where the quote that is lacking was meant to stand nobody can say.
  const isRequoted = key.startsWith('Exec') && quotes(text) !== quotes(written)
  // All of it says when, in another language.
  const isOfCron = isTaken && eventOfCron(written) === text
  // A list with `~` in it was in force, but for what stands behind that.
  const usable = tilde ? 'safe' : applicability === 'withheld' ? 'unsafe' : applicability
  return {
    values,
    isInverted: tilde !== undefined,
    lostCommas: text !== spelled,
    isTaken,
    applicability: isPlain && !isRequoted ? usable : isOfCron || isPlain ? 'unsafe' : 'suggestion',
  }
}

/**
 * A list without commas at the ends of its words, if the words that systemd cannot read have one
 * too.
 */
function withoutCommas(
  unit: Unit,
  {directive, section, faults, file}: FaultyLine,
  text: string,
): string {
  const {key, pieces} = directive
  const haveCommas = faults.every(({span}) =>
    file.tree.text.slice(span.start, span.end).includes(','),
  )
  if (pieces || !haveCommas || key.startsWith('Exec')) return text
  const words = text.replaceAll(/(?<!,),+(?=[ \t]|$)/g, '')
  return isValid(unit, section, key, words) ? words : text
}

/** The text with what is plainly meant in the place of what is wrong in it. */
function asMeant({directive, faults}: FaultyLine, written: string): string {
  const {value} = directive
  let text = ''
  let end = 0
  for (const {span, meant} of faults.toSorted((one, other) => one.span.start - other.span.start)) {
    const [from, to] = [
      valueOffset(directive, span.start),
      valueOffset(directive, span.end - 1) + 1,
    ]
    if (meant === undefined || from < end) continue
    if (from === 0 && to === value.length) return meant
    if (to > written.length) break
    text += written.slice(end, from) + meant
    end = to
  }
  return text + written.slice(end)
}

/**
 * Lists of which a `~` at the start takes the words away from what earlier lines have put together.
 */
const inverting: ReadonlySet<string> = new Set([
  'CapabilityBoundingSet',
  'DelegateNamespaces',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'SystemCallFilter',
  'SystemCallLog',
])

/**
 * Whether two spellings differ in case and in punctuation without a meaning only: then one was
 * meant by the other.
 */
function isSameWord(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function quotes(text: string): number {
  return text.match(/["']/g)?.length ?? 0
}

/**
 * Signs, points and percent signs of numbers count; hyphens and underscores in words, and all that
 * stands around or between them, do not.
 */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/["',;=@\\ \t]/g, '')
    .replaceAll(/_|(?<![0-9])-(?=[a-z])/g, '')
}
