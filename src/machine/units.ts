import type {LoadedUnit} from '../unit/load.ts'
import type {Manager} from './provided-units.ts'
import type {Summary} from './summary.ts'

/** The units in sight of one systemd. */
export interface Units {
  /** There are no others: a name that is not found has no unit. */
  readonly isComplete: boolean
  readonly manager: Manager
  /**
   * What each that has a main file is to the others, templates and instances included, in order of
   * names.
   */
  all(): readonly Summary[]
  /** The services among them, which are told without a look at the others. */
  services(): readonly Summary[]
  /**
   * By a name or alias, an instance from its template; undefined also for what has no main file.
   */
  find(name: string): Summary | 'masked' | undefined
  /**
   * The same, read with all its lines, also what has drop-ins alone; again if it has not been asked
   * for of late.
   */
  load(name: string): LoadedUnit | 'masked' | undefined
  /** Whether `load` finds a unit, without reading it where a look at its file is enough. */
  isThere(name: string): boolean
  /** Whether systemd does not load a unit for what stands in it. */
  isRefused(name: string): boolean
  /** Whether a unit has other texts than those that it is kept with; see `Sight.since`. */
  isChanged(name: string): boolean
  /** Whether there is anything of that name, in sight or elsewhere in the run. */
  isKnown(name: string): boolean
  /** Whether what installs the files names a unit so. */
  isNamedByRecipe(name: string): boolean
}
