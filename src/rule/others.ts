import type {Unit} from './unit.ts'

/** The units of a run, to which a unit's directives may point. */
export interface Others {
  /** The unit that systemd would load by a name or alias, an instance from its template; `masked` where that name is; undefined where none is in sight. */
  find(name: string): Unit | 'masked' | undefined
  /** Whether there is anything of that name, in sight or elsewhere in the run: what is elsewhere may or may not be there when this unit is. */
  isKnown(name: string): boolean
  /** Every unit in sight by its own name, templates and instances that have files or links included, in order of names. */
  all(): readonly Unit[]
  /** All units of a machine are in sight: a name that is not found has no unit. */
  readonly isComplete: boolean
}

/** No unit but the one that is looked at. */
export const alone: Others = {find: () => undefined, isKnown: () => false, all: () => [], isComplete: false}
