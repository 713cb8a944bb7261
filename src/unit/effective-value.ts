import type {Assignment} from './unit.ts'

/** A value in force. */
export interface EffectiveValue {
  readonly section: string
  readonly key: string
  /** As it is written, without the words that do not count; what is not written, as it would be. */
  readonly value: string
  /** The value with its specifiers replaced, where all of them are known. */
  readonly expanded?: string
  readonly origin: ValueOrigin
}

/** Where a value in force comes from. */
export type ValueOrigin =
  | {readonly kind: 'written'; readonly assignment: Assignment}
  /** Another directive implies it: `KEY=VALUE`, and where that is written. */
  | {readonly kind: 'implied'; readonly by: string; readonly assignment: Assignment}
  | {readonly kind: 'default'}
