/** Something about a directive that is new, or that somebody must look at. */
export interface Remark {
  readonly section: string
  readonly key: string
  readonly text: string
  readonly isDoubt: boolean
}
