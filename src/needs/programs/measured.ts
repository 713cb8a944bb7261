import type {ModeName} from './modes.ts'

/** What jobs of a program were measured to need; see `data/measured.ts`. */
export interface MeasuredProgram {
  readonly program: string
  /** Ids of accesses, separated by spaces. */
  readonly needs: string
  /** Names of the jobs, separated by spaces. */
  readonly job: string
  /** Only when the program is used so. */
  readonly mode?: ModeName
  /** A part of the program that not every use of it has, as a noun phrase. */
  readonly feature?: string
}
