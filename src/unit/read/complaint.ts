import type {ValueFault} from '../../values/fault.ts'
import type {Directive, Junk, Span} from '../../syntax/tree.ts'
import type {SourceFile} from '../unit.ts'

/** What a complaint is about. */
export type ComplaintKind =
  /** A line before the first header, without `=`, or without a key: ignored. */
  | 'junk-line'
  /**
   * Text at which the reading of the file ends: a header without `]`, with a bad name, bytes that
   * are not UTF-8, an overlong line.
   */
  | 'unreadable'
  | 'unknown-section'
  | 'unknown-directive'
  /** Known, but not for units of this type. */
  | 'unsupported-directive'
  /** Known, and without effect since some version. */
  | 'removed-directive'
  /** Still at work, with a warning. */
  | 'deprecated-directive'
  | 'deprecated-value'
  | 'empty-value'
  | 'invalid-value'
  | 'unknown-specifier'
  /** A further assignment where only the first counts. */
  | 'repeated'

/** Something that systemd says while it reads a unit. */
export interface Complaint {
  readonly kind: ComplaintKind
  readonly file: SourceFile
  /** Offsets in the file. */
  readonly span: Span
  /** The line that systemd names, counted from 1; undefined where it names none. */
  readonly line: number | undefined
  /**
   * What is lost: the line, a word of it, nothing, or all that follows (in a main file, the unit).
   */
  readonly effect: ValueFault['effect']
  /**
   * Message grammar: what is wrong with the value and what is expected; absent where the kind says
   * it all.
   */
  readonly message?: string
  /** What should stand in the span instead, where that is plain. */
  readonly meant?: string
  readonly section?: string
  readonly directive?: Directive
  readonly fault?: Junk['fault'] | 'section-name'
  /** systemd does not say a word about it, although it does not do what it says. */
  readonly silent?: true
}
