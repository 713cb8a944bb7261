import type {ValueFacts} from '../facts/directives.ts'
import {valueSpan} from '../syntax/place.ts'
import type {Directive, Span} from '../syntax/tree.ts'
import {parseBoolean} from '../values/boolean.ts'
import {parseSigned} from '../values/integers.ts'
import {parseAbsolutePath} from '../values/paths.ts'
import {parseSize} from '../values/sizes.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import {parseTimeSpan} from '../values/time.ts'
import {splitWords, splittingOf, type Word} from '../values/words.ts'
import {itself} from './load.ts'
import type {LoadedUnit} from './load.ts'
import {query} from './query.ts'
import {reading, type Line} from './read/reading.ts'
import type {Assignment, SourceFile} from './unit.ts'

/**
 * What is in force of a directive that is written once, or the last of several lines that add up;
 * undefined where nothing is written or all of it is taken back.
 */
export function valueOf(unit: LoadedUnit, key: string): Value | undefined {
  return valuesOf(unit, key).at(-1)
}

/**
 * All lines of a directive that are in force, under whatever name and in whatever section systemd
 * takes it: of a list those since it was last emptied.
 */
export function valuesOf(unit: LoadedUnit, key: string): readonly Value[] {
  return inForce(unit).get(key) ?? none
}

/** The lines in force of several directives, in the order in which systemd reads them. */
export function valuesOfAny(unit: LoadedUnit, keys: readonly string[]): readonly Value[] {
  return keys
    .flatMap((key) => valuesOf(unit, key))
    .toSorted((one, other) => one.order - other.order)
}

/**
 * The lines in force and those that systemd refuses, since the list was last emptied: what the
 * author meant, for evidence that only holds back.
 */
export function meantOf(unit: LoadedUnit, key: string): readonly Value[] {
  const values = valuesOf(unit, key)
  const refused = refusedBy(unit).get(key)
  return refused
    ? [...values, ...refused].toSorted((one, other) => one.order - other.order)
    : values
}

const none: readonly Value[] = []

/** The lines that systemd refuses, without those before a line that takes all back. */
const refusedBy = query((unit: LoadedUnit): ReadonlyMap<string, readonly Value[]> => {
  const found = new Map<string, Value[]>()
  for (const line of reading(unit).lines) {
    const {facts, state} = line
    if (!facts) continue
    for (const key of keysOf(line, facts)) {
      if (state === 'resets') found.delete(key)
      if (state === 'refused')
        found.set(key, [...(found.get(key) ?? []), new Value(line, facts, unit)])
    }
  }
  return found
}, itself)

/** All lines of a section that are in force, in the order in which systemd reads them. */
export function valuesIn(unit: LoadedUnit, section: string): readonly Value[] {
  return reading(unit).lines.flatMap((line) => {
    const {assignment, facts, state} = line
    return state === 'counts' && facts && assignment.section === section
      ? [new Value(line, facts, unit)]
      : []
  })
}

/** By today's names of the directives: a unit has no name in two sections. */
const inForce = query((unit: LoadedUnit): ReadonlyMap<string, readonly Value[]> => {
  const found = new Map<string, Value[]>()
  for (const line of reading(unit).lines) {
    if (line.state !== 'counts' || !line.facts) continue
    const value = new Value(line, line.facts, unit)
    for (const key of keysOf(line, line.facts)) {
      const same = found.get(key)
      if (same) same.push(value)
      else found.set(key, [value])
    }
  }
  return found
}, itself)

/** The names of the settings that a line has set and still holds. */
function keysOf(
  {assignment: {section, key}, holds}: Line,
  {aliasOf, type}: ValueFacts,
): readonly string[] {
  // Quadlet has other things under the names of systemd's.
  if (type === 'quadlet') return [`${section}.${key}`]
  if (section === 'Service' && key === 'TimeoutSec')
    return [key, ...[...(holds ?? timeouts)].map((place) => place.slice('Service.'.length))]
  return [aliasOf === undefined ? key : aliasOf.slice(aliasOf.indexOf('.') + 1)]
}

/** `TimeoutSec=` sets both (systemd.service(5)). */
const timeouts = ['Service.TimeoutStartSec', 'Service.TimeoutStopSec']

/** A word of a value, and where it stands. */
export interface PlacedText {
  /** Unquoted, specifiers replaced where they are known. */
  readonly text: string
  /** The same with its specifiers as they are written, for messages. */
  readonly written: string
  readonly at: {readonly file: SourceFile; readonly span: Span}
}

/** An absolute path among the words of a value, simplified. */
export interface PlacedPath extends PlacedText {
  /**
   * What stands before it: `-` where it may be missing, `+` where it is below the root of the unit.
   */
  readonly marks: string
  /** Where the service has it: behind a colon, for what is bound. */
  readonly inside: string
}

/** A line that is in force: an assignment with the words that count alone, and what they mean. */
export class Value implements Assignment {
  static readonly #wordsOf = query((value: Value) => value.#split())

  readonly section: string
  readonly key: string
  readonly value: string
  readonly directive: Directive
  readonly file: SourceFile
  /** Its place among all lines of the unit. */
  readonly order: number
  /** As it is written, with all its words. */
  readonly assignment: Assignment
  readonly #facts: ValueFacts
  readonly #unit: LoadedUnit
  readonly #lost: Line['lost']

  constructor({assignment, counted, order, lost}: Line, facts: ValueFacts, unit: LoadedUnit) {
    this.section = counted.section
    this.key = counted.key
    this.value = counted.value
    this.directive = counted.directive
    this.file = counted.file
    this.order = order
    this.assignment = assignment
    this.#facts = facts
    this.#unit = unit
    this.#lost = lost
  }

  /** The value with its specifiers replaced; undefined where it has one that is not known. */
  get expanded(): string | undefined {
    return this.#facts.specifiers === undefined
      ? this.value
      : expandSpecifiers(this.value, this.#unit, this.#facts.specifiers)
  }

  /** Whether it is on; undefined for what is no boolean. */
  get boolean(): boolean | undefined {
    return parseBoolean(this.value)
  }

  /** A whole number; undefined for anything else. */
  get number(): number | undefined {
    const number = parseSigned(this.value, 64, this.#unit.target.version)
    return number === undefined ? undefined : Number(number)
  }

  /** A span of time in seconds, `infinity` included; undefined for a directive that takes none. */
  get seconds(): number | undefined {
    const {type} = this.#facts
    if (type !== 'timespan' && type !== 'timespan-ns') return undefined
    const isNano = type === 'timespan-ns'
    const span = parseTimeSpan(this.expanded ?? '', isNano ? 'ns' : 's', this.#unit.target.version)
    return span === 'infinity'
      ? Infinity
      : span === undefined
        ? undefined
        : Number(span) / (isNano ? 1e9 : 1e6)
  }

  /**
   * A size in bytes, `infinity` included; undefined for a percentage, and for a directive that
   * takes none.
   */
  get bytes(): number | undefined {
    if (!sizes.has(this.#facts.type)) return undefined
    if (this.value === 'infinity') return Infinity
    const size = parseSize(this.value, 1024, this.#unit.target.version)
    return size === undefined ? undefined : Number(size)
  }

  /** The list is of what is denied: it begins with `~`. */
  get isInverted(): boolean {
    return this.#facts.invert === '~' && this.value.startsWith('~')
  }

  /** The words, without those that do not count and the `~` before them. */
  get words(): readonly PlacedText[] {
    return Value.#wordsOf(this)
  }

  #split(): readonly PlacedText[] {
    const {directive, file} = this
    // The line as it is written says where they are.
    const first = this.isInverted ? 1 : 0
    const {words} = splitWords(
      this.assignment.value.slice(first),
      splittingOf(this.#facts),
      this.#unit.target.version,
    )
    return words
      .map(({text, start, end}) => ({text, start: start + first, end: end + first}))
      .filter(({start, end}) => !this.#lost.some(({from, to}) => from < end && start < to))
      .map((word) => ({
        text: this.#expand(word),
        written: word.text,
        at: {file, span: valueSpan(directive, word.start, word.end)},
      }))
  }

  /**
   * The absolute paths among the words, with what stands behind a colon left out where that ends a
   * path.
   */
  get paths(): readonly PlacedPath[] {
    const {version} = this.#unit.target
    const hasFields = this.#facts.words?.includes('colon fields') ?? false
    return this.words.flatMap(({text, written, at}) => {
      const [marks = ''] = /^[-+]{0,2}/.exec(text) ?? []
      const bare = text.slice(marks.length)
      const [source = '', second = ''] = hasFields ? bare.split(':') : [bare]
      const absolute = parseAbsolutePath(source, version)
      const inside =
        (this.#facts.type === 'bind-path-list' ? parseAbsolutePath(second, version) : undefined) ??
        absolute
      return absolute === undefined || inside === undefined
        ? []
        : [{text: absolute, written, inside, marks, at}]
    })
  }

  #expand({text}: Word): string {
    const {specifiers} = this.#facts
    return specifiers === undefined
      ? text
      : (expandSpecifiers(text, this.#unit, specifiers) ?? text)
  }
}

const sizes: ReadonlySet<string> = new Set(['memory-size', 'size', 'size-or-percent'])
