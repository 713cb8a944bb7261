/** Further names (hard links) of what was in the place of a file: they keep its old text. */
export interface OtherNames {
  /** The same for all names of one file. */
  readonly key: string
  readonly count: number
  /** Those in the same folder. */
  readonly here: readonly string[]
}

/** What became of a file. */
export type WriteOutcome =
  | {readonly state: 'written'; readonly others?: OtherNames}
  /** It is not as it was, or there by now; what it says is kept. */
  | {readonly state: 'changed'}
  | {readonly state: 'refused'; readonly reason: string; readonly code?: string | undefined}
