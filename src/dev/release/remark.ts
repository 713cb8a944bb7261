/** Something about a directive that is new, or that somebody must look at. */
export interface Finding {
  readonly section: string
  readonly key: string
  readonly text: string
  readonly isDoubt: boolean
}
