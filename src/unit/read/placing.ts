/**
 * What a line does to the state of a unit, which is kept in named places; a place with a `/` is
 * part of the one before it.
 */
export interface Placing {
  /** Emptied, parts included. */
  readonly clears: readonly string[]
  /** Where the value is kept; none for a line that only takes back what was there. */
  readonly places: readonly string[]
  /** Words that are kept in places of their own, by offsets in the value. */
  readonly words?: readonly PlacedWord[]
  /** The place of a set that this leaves without members where nothing is in it. */
  readonly emptySet?: string
}

/** A word of a value and where it is kept. */
export interface PlacedWord {
  readonly from: number
  readonly to: number
  readonly place: string
}
