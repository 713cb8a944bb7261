/** Programs of Debian that take the same of a library; see `data/linked.ts`. */
export interface LinkedPrograms {
  /** Their names, separated by spaces. */
  readonly programs: string
  /** A verb in the third person and what follows it. */
  readonly because: string
  /** Ids of accesses, separated by spaces. */
  readonly needs: string
  /** Who knows better, as in `Sign`. */
  readonly yieldsTo: 'production' | 'tables' | 'profile'
}
