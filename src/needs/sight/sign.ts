import type {AccessId} from '../../facts/accesses.ts'

/** Something that a file of the machine shows of the service that uses it. */
export interface Sign {
  /** What it needs; nothing where the path says it. */
  readonly needs: readonly AccessId[]
  /** A path that it names, and what is done with it. */
  readonly path?: {readonly path: string; readonly use: 'run' | 'read' | 'write' | 'mention'}
  /** A clause for messages, or of a path what names it. */
  readonly because: string
  /**
   * Who knows better: those who run the program, also the tables of programs, a closed profile as
   * well; absent: nobody.
   */
  readonly yieldsTo?: 'production' | 'tables' | 'profile' | undefined
  /** It is what the code of a program can do: a trace of it at its work knows better. */
  readonly isOfCode?: true
}

/** What files of the machine show of a service that uses them. */
export interface ShownByFiles {
  readonly signs: readonly Sign[]
  /** What it does without, and how that shows, in words. */
  readonly lacks: ReadonlyMap<AccessId, string>
}
