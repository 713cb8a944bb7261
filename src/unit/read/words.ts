import {countFirst} from '../../syntax/ordered.ts'
import {valueOffset} from '../../syntax/place.ts'
import type {Directive} from '../../syntax/tree.ts'
import type {Complaint} from './complaint.ts'
import type {LoadedUnit} from '../load.ts'
import type {Assignment} from '../unit.ts'
import type {ValueFacts} from '../../facts/directives.ts'
import {commandsIn} from '../../values/commands.ts'
import {parseSigned} from '../../values/integers.ts'
import {isBlank, splitWords, splittingOf} from '../../values/words.ts'

/**
 * A part of a value that does not count, by offsets in the logical value, and what systemd says of
 * it.
 */
export interface SkippedWord {
  readonly from: number
  readonly to: number
  readonly complaint: Complaint
}

/** What systemd takes of a value. */
export interface TakenValue {
  /** What it skips and can be left out; overlapping none, in order. */
  readonly skipped: readonly SkippedWord[]
  /** Offsets of all that it complains of, in order; not all of it can be left out. */
  readonly faults: readonly number[]
}

/**
 * What systemd takes of a value that it complains of in these ways; undefined where it takes
 * nothing.
 */
export function takenValue(
  assignment: Assignment,
  complaints: readonly Complaint[],
  facts: ValueFacts,
  unit: LoadedUnit,
): TakenValue | undefined {
  const {value, directive} = assignment
  const faults = complaints.filter(({effect}) => effect !== 'notice')
  const loss = faults.find(isLoss)
  const part = parter(directive, value, facts)
  const end = loss ? endOfTaken(loss, part(loss), assignment, facts, unit) : value.length
  if (end === undefined) return undefined
  const skipped = faults.flatMap((complaint) => {
    const {from, to} = part(complaint)
    if (
      complaint.effect !== 'word' ||
      to > end ||
      !canBeLeftOut(value, from, to, facts, unit.target.version)
    )
      return []
    // It reads no further, although it complains of that word only.
    return [
      {
        from,
        to: facts.parser === 'config_parse_unit_path_strv_printf' ? value.length : to,
        complaint,
      },
    ]
  })
  if (loss && end < value.length && !hasFields(facts) && !endsOtherwise.has(facts.type))
    skipped.push({from: end, to: value.length, complaint: loss})
  return {
    skipped,
    faults: faults
      .map(({span}) => valueOffset(directive, span.start))
      .toSorted((one, other) => one - other),
  }
}

/** Whether systemd gives up the line. */
function isLoss({effect}: Complaint): boolean {
  return effect === 'unit' || effect === 'line'
}

/**
 * Up to where systemd has taken a line when it comes to what it cannot read; undefined where it
 * takes nothing of it.
 */
function endOfTaken(
  loss: Complaint,
  part: Stretch,
  {key, value}: Assignment,
  facts: ValueFacts,
  unit: LoadedUnit,
): number | undefined {
  const {type} = facts
  if (type === 'exec-command' && key.startsWith('Exec')) {
    return commandsIn(value, unit)
      .map((command) => (command.arguments.at(-1) ?? command.word).end)
      .findLast((end) => end <= part.from)
  }
  // Its specifiers are expanded before it is split.
  if (type === 'url-list' && loss.kind === 'unknown-specifier') return undefined
  let {from} = part
  while (!startsWord(value, from, facts)) from--
  const isFirst = from <= (isInverted(value, facts) ? 1 : 0)
  // There is a filter as soon as there is a line of it.
  if (type === 'address-family-list' || type === 'syscall-filter')
    return isFirst ? value.length : from
  return isFirst ||
    !takenWordByWord.has(type) ||
    (type === 'url-list' && unit.target.version >= 257)
    ? undefined
    : from
}

/**
 * Types of which systemd has taken the words before one that it cannot read; tried on 247, 252,
 * 254, 257 and 262.
 */
const takenWordByWord: ReadonlySet<string> = new Set([
  ...[
    'architecture-list',
    'bind-path-list',
    'filesystem-list',
    'image-list',
    'ip-prefix-list',
    'network-interface-list',
    'nft-set-list',
  ],
  ...[
    'environment-assignment-list',
    'environment-name-list',
    'environment-name-or-assignment-list',
    'journal-field-list',
    'url-list',
  ],
  ...[
    'partition-options-list',
    'path-list',
    'prefixed-path-list',
    'relative-directory-list',
    'tmpfs-list',
    'syscall-filter',
    'syscall-list',
  ],
  'user-or-group-list',
])

/**
 * Types whose lines do something else without their end: options may stand there, and up to 249
 * addresses before a bad one are not merged.
 */
const endsOtherwise: ReadonlySet<string> = new Set([
  'image-list',
  'partition-options-list',
  'ip-prefix-list',
])

/** Types of which a bad word may be an option of a good one. */
const optional: ReadonlySet<string> = new Set(['image-list', 'partition-options-list'])

/** Whether a part of a value is a word of its own that nothing else hangs on. */
function canBeLeftOut(
  value: string,
  from: number,
  to: number,
  facts: ValueFacts,
  version: number,
): boolean {
  const isWord = startsWord(value, from, facts) && (to === value.length || isBlank(value[to]))
  if (!isWord || isNumber(value.slice(from, to), facts, version)) return false
  // A fault that only shows when specifiers are replaced is said to be all of the value, and of
  // fields between colons one may be lost alone.
  return from === 0 && to === value.length
    ? !hasBlank(value) && !optional.has(facts.type)
    : !hasFields(facts)
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * From a complaint to the part of the value that it is about: of an unknown specifier the word
 * around it.
 */
function parter(
  directive: Directive,
  value: string,
  facts: ValueFacts,
): (complaint: Complaint) => Stretch {
  const isPlain = !/["'\\]/.test(value)
  const quoted = isPlain ? [] : quotedWords(value, facts)
  return ({span, kind}) => {
    let [from, to] = [valueOffset(directive, span.start), valueOffset(directive, span.end - 1) + 1]
    if (kind !== 'unknown-specifier' || hasFields(facts)) return {from, to}
    if (!isPlain) return wordAround(quoted, from) ?? {from, to: from}
    while (!startsWord(value, from, facts)) from--
    while (to < value.length && !isBlank(value[to])) to++
    return {from, to}
  }
}

function quotedWords(value: string, facts: ValueFacts): Stretch[] {
  const first = isInverted(value, facts) ? 1 : 0
  return splitWords(value.slice(first), splittingOf(facts)).words.map(({start, end}) => ({
    from: start + first,
    to: end + first,
  }))
}

/** The word at an offset; undefined where none has its end. */
function wordAround(words: readonly Stretch[], offset: number): Stretch | undefined {
  const word = words[countFirst(words, ({from}) => from <= offset) - 1]
  return word && offset < word.to ? word : undefined
}

/**
 * Whether a word may begin at an offset: behind white space or the `~` that the value begins with.
 */
function startsWord(value: string, at: number, facts: ValueFacts): boolean {
  return at <= 0 || isBlank(value[at - 1]) || (at === 1 && isInverted(value, facts))
}

function isInverted(value: string, {invert}: ValueFacts): boolean {
  return invert === '~' && value.startsWith('~')
}

function hasFields({words = ''}: ValueFacts): boolean {
  return words.includes('colon')
}

function hasBlank(value: string): boolean {
  return /[ \t]/.test(value)
}

/** Whether a word names a capability by its number. */
function isNumber(word: string, {type}: ValueFacts, version: number): boolean {
  if (type !== 'capability-set') return false
  return parseSigned(word.replaceAll(/["'\\]/g, ''), 64, version) !== undefined
}
