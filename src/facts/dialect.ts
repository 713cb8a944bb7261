import type {DirectiveQuestion, ValueFacts} from './directives.ts'
import type {UnitType} from './unit-types.ts'

/**
 * How files of a kind are read: the types of units, the sections of each, the directives in these,
 * and the grammars of their values.
 */
export interface Dialect {
  /** The sections that the files of each type of unit may have. */
  readonly types: Readonly<Record<string, readonly string[]>>
  /**
   * What is known of a directive in a section as of a version; undefined for one that is not known
   * there.
   */
  readonly row: DirectiveQuestion<ValueFacts>
  /** What would be said about a value, by the type and the parser that its row names. */
  readonly grammar: Validator
}

/** What is wrong with a value, and what systemd does about it. */
export interface ValueFault {
  /** Offsets in the logical value. */
  readonly from: number
  readonly to: number
  /**
   * What is wrong and what is expected, without the directive: "Unexpected `5S`, expected a time
   * span such as `5s`".
   */
  readonly message: string
  /**
   * What is lost: the whole line, only this word, nothing (a notice that systemd logs all the
   * same), or the unit, which does not load.
   */
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

/**
 * Yields what systemd would say about a value of some type, in its order. The empty value never
 * gets here.
 */
export type Validator = (value: string, context: ValueContext) => Iterable<ValueFault>

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
