import type {Directive, UnitTree} from '../syntax/tree.ts'
import type {Target} from '../facts/targets.ts'
import type {UnitType} from '../facts/unit-types.ts'

/** One file that makes up a unit. */
export interface SourceFile {
  /** As given by the user; for messages. */
  readonly path: string
  readonly role: 'fragment' | 'drop-in'
  readonly tree: UnitTree
  /** Its permission bits, where they are known and somebody's decision. */
  readonly mode?: number | undefined
}

/**
 * A written `KEY=VALUE` that systemd reads: in a section that counts, before anything that ends the
 * reading of its file.
 */
export interface Assignment {
  readonly section: string
  readonly key: string
  /** The logical value; see `Directive.value`. */
  readonly value: string
  readonly directive: Directive
  readonly file: SourceFile
}

/** Where an effective value comes from. */
export type Origin =
  | {readonly kind: 'default'}
  /** Written; the last assignment decided (scalars) or all of them together (lists). */
  | {readonly kind: 'written'; readonly assignments: readonly [Assignment, ...Assignment[]]}
  /** Implied by another directive, such as `DynamicUser=yes`. */
  | {readonly kind: 'implied'; readonly by: string; readonly origin: Origin}

/** A value in force, and where it comes from. */
export interface Effective<Value> {
  readonly value: Value
  readonly origin: Origin
}

/**
 * What effective values are computed from: a unit with all its assignments in the order in which
 * systemd applies them.
 */
export interface AssignmentSource {
  /** Full name with suffix, such as `foo@bar.service`. */
  readonly name: string
  readonly type: UnitType
  readonly manager: 'system' | 'user'
  readonly target: Target
  /** All assignments of the key, resets (empty values) included, main file first, then drop-ins. */
  assignments(section: string, key: string): readonly Assignment[]
}
