import type {UnitType} from '../facts/unit-types.ts'
import type {ValueFacts} from '../facts/rows.ts'

/** What is wrong with a value, and what systemd does about it. */
export interface Fault {
  /** Offsets in the logical value. */
  readonly from: number
  readonly to: number
  /** What is wrong and what is expected, without the directive: "Unexpected `5S`, expected a time span such as `5s`". */
  readonly message: string
  /** What is lost: the whole line, only this word, nothing (a notice that systemd logs all the same), or the unit, which does not load. */
  readonly effect: 'line' | 'word' | 'notice' | 'unit'
  /** A spelling that is plainly meant, as replacement of `from` to `to`. */
  readonly meant?: string
  /** systemd does not say a word about it. */
  readonly silent?: true
  /** systemd says so, but not about which line. */
  readonly unplaced?: true
  /** What the fault is, where it is not just a bad value. */
  readonly kind?: 'unknown-specifier' | 'deprecated-value' | 'deprecated-directive' | 'repeated'
}

/** Yields what systemd would say about a value of some type, in its order. The empty value never gets here. */
export type Validator = (value: string, context: ValueContext) => Iterable<Fault>

/** Reads a value once: yields what systemd would say about it, and returns what it means; undefined where it means nothing. */
export type Reader<Meaning> = (value: string, context: ValueContext) => Generator<Fault, Meaning | undefined>

/** What a value means; undefined where systemd takes nothing of it. The empty value never gets here. */
export function meaningOf<Meaning>(read: Reader<Meaning>, value: string, context: ValueContext): Meaning | undefined {
  const reading = read(value, context)
  let step = reading.next()
  while (!step.done) step = reading.next()
  return step.value
}

/** What a value stands in. */
export interface ValueContext {
  readonly facts: ValueFacts
  readonly version: number
  readonly manager: 'system' | 'user'
  readonly unitType: UnitType
  /** Full name with suffix, such as `foo@bar.service`. */
  readonly unitName: string
  readonly section: string
  /** What earlier lines of the unit have set, of directives that this matters for. */
  readonly memory: Set<string>
}

/** A fault that spoils the whole line. */
export function lineFault(value: string, message: string, meant?: string): Fault {
  return {from: 0, to: value.length, message, effect: 'line', ...(meant === undefined ? {} : {meant})}
}
