import {nearest} from '../facts/nearest.ts'
import {parseBoolean} from './boolean.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'

/**
 * What is plainly meant by a value that is wrong as a whole: the same without a comment, quotes or
 * punctuation around it, or that in another spelling; undefined when systemd would complain of
 * these too.
 */
export function plainly(
  value: string,
  validator: Validator,
  context: ValueContext,
  spelling: (bare: string) => string | undefined,
): string | undefined {
  if (value.length > longest) return undefined
  const bare = bareOf(value)
  const isMeant = (candidate: string | undefined): candidate is string =>
    candidate !== undefined &&
    candidate !== '' &&
    candidate !== value &&
    faultsOf(candidate, validator, context).every(({effect}) => effect === 'notice')
  return [bare, spelling(bare)].find(isMeant)
}

/**
 * What is plainly meant by a word of a list: the parts between its commas, each as it is or in the
 * first of other spellings that is known; undefined when one is not.
 */
export function meantWord(
  word: string,
  isKnown: (word: string) => boolean,
  spellings: (bare: string) => readonly (string | undefined)[],
): string | undefined {
  if (word.length > longest) return undefined
  const parts = word
    .split(/[,;]/)
    .map(bareOf)
    .filter((part) => part !== '')
    .map((part) =>
      [part, ...spellings(part)].find((candidate) => candidate !== undefined && isKnown(candidate)),
    )
  const meant = parts.join(' ')
  return parts.length === 0 || parts.includes(undefined) || meant === word ? undefined : meant
}

/**
 * A list with the words that are plainly meant in the place of others; `~`, and words that mean
 * nothing else, stay.
 */
export function meantWords(value: string, meant: (word: string) => string | undefined): string {
  return value.replaceAll(/[^ \t\n\r~]+/g, (word) => meant(word) ?? word)
}

/**
 * The faults of a value; those that do not know what is meant get the same text as it would be
 * without what is wrapped around it, where that is better.
 */
export function withMeant(
  faults: readonly ValueFault[],
  value: string,
  validator: Validator,
  context: ValueContext,
): readonly ValueFault[] {
  if (value.length > longest) return faults
  const comment = commentIn(value)
  return faults.map((fault, index) => {
    if (fault.meant !== undefined || fault.kind !== undefined || index >= most) return fault
    // All behind it is as wrong, whether systemd complains of it or not.
    if (fault.from >= comment) return fault
    const piece = value.slice(fault.from, fault.to)
    const isBetter = (candidate: string): boolean => {
      const whole = value.slice(0, fault.from) + candidate + value.slice(fault.to)
      return (
        candidate !== piece &&
        whole.trim() !== '' &&
        isClosed(whole) &&
        faultsOf(whole, validator, context).length < faults.length
      )
    }
    const meant = candidates(piece, context)
      .map((ways) => ways.filter(isBetter))
      .find((ways) => ways.length > 0)
    return meant?.length === 1 && meant[0] !== undefined ? {...fault, meant: meant[0]} : fault
  })
}

/** The boolean that a text stands for in other programs, or misspelt, as systemd writes it. */
export function meantBoolean(bare: string): string | undefined {
  const word = bare.replace(/[.!]$/, '')
  if (parseBoolean(word) !== undefined) return word
  const known = booleanWords.get(word.toLowerCase())
  if (known !== undefined || word.length < 'true'.length) return known
  const misspelt = nearest(word, ['true', 'false'], 2)
  return misspelt === undefined ? undefined : misspelt === 'true' ? 'yes' : 'no'
}

/** The text with `infinity` for what other programs call no limit. */
export function meantInfinity(bare: string): string {
  return bare.replaceAll(/[A-Za-z]+/g, (word) =>
    endless.has(word.toLowerCase()) || isMisspeltInfinity(word) ? 'infinity' : word,
  )
}

/** Whether a word is `infinity` with a slip or two. */
function isMisspeltInfinity(word: string): boolean {
  return word.length > 4 && nearest(word, ['infinity']) !== undefined
}

const booleanWords: ReadonlyMap<string, string> = new Map([
  ...['enable', 'enabled', 'ture', 'tru', 'ye', 'yess'].map((word) => [word, 'yes'] as const),
  ...['disable', 'disabled', 'fasle', 'flase', 'nope', 'none', 'never'].map(
    (word) => [word, 'no'] as const,
  ),
])

const endless: ReadonlySet<string> = new Set(['unlimited', 'infinity', 'infinite', 'inf'])

/**
 * What may have been meant by a piece of a value, the likeliest first; of several that are as
 * likely, none is meant plainly.
 */
function candidates(piece: string, {facts}: ValueContext): readonly (readonly string[])[] {
  const bare = bareOf(piece)
  // A quote that is left open is one too many, or one too few.
  const first = piece.slice(0, 1)
  if ((first === '"' || first === "'") && !piece.includes(first, 1) && /[ \t]/.test(piece))
    return [[bare, piece + first]]
  if (facts.type === 'exec-command') return [[bare]]
  const spaced = bare
    .split(/[,;]/)
    .map((part) => part.trim())
    .join(' ')
  // Their commas are no separators.
  return lowerCase.has(facts.type) ? [[bare], [bare.toLowerCase()]] : [[bare], [spaced]]
}

/** Types of values that have nothing in upper case, whoever chose it. */
const lowerCase: ReadonlySet<string> = new Set(['image-policy', 'partition-options-list'])

/**
 * A text without a comment behind it, quotes around it, and punctuation at its ends that nobody
 * means: systemd knows none of these (systemd.syntax(7)).
 */
function bareOf(text: string): string {
  let bare = text.slice(0, commentIn(text))
  for (let turn = 0; turn < mostLayers; turn++) {
    const next = bare
      .trim()
      .replace(/^=/, '')
      .replace(/[,;]$/, '')
      .replace(/^(["'])((?:(?!\1).)*)\1$/s, '$2')
      .replace(/^["']([^"']*)$|^([^"']*)["']$/, '$1$2')
    if (next === bare) break
    bare = next
  }
  return bare
}

/**
 * Where something that looks like a comment begins in a text, outside of quotes; the end where
 * nothing does.
 */
function commentIn(text: string): number {
  const at = text.search(/(?<=[ \t])(?:[#;]|\/\/)/)
  return at !== -1 && isClosed(text.slice(0, at)) ? at : text.length
}

/** Whether each kind of quote stands in a text an even number of times. */
function isClosed(text: string): boolean {
  return ['"', "'"].every((quote) => text.split(quote).length % 2 === 1)
}

/**
 * Whether nothing in a value looks like a mistake that systemd may well take for a part of it: a
 * comment, or a quote without its other half.
 */
export function isWhole(value: string): boolean {
  const quoted = value.replaceAll(/(?<=\w)'(?=\w)/g, '')
  return isClosed(quoted) && commentIn(quoted) === quoted.length
}

/** The faults of a text that is only tried, which leaves nothing in memory. */
function faultsOf(
  text: string,
  validator: Validator,
  context: ValueContext,
): readonly ValueFault[] {
  return [...validator(text, {...context, memory: new Set(context.memory)})]
}

/** Nobody means what is longer. */
const longest = 1000
/** Nobody mends more of one line at a time. */
const most = 8
const mostLayers = 4
