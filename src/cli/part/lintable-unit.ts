import type {FileSettings} from '../../config/settings.ts'
import type {UnitFiles} from '../../files/unit-files.ts'

/** A unit that may be linted. */
export interface LintableUnit {
  readonly unit: UnitFiles
  /** How it would be; undefined where its config is at fault. */
  settings(): FileSettings | undefined
}

/** What is left of all units, and what there is to say of it, in lines. */
export interface ChosenUnits<Of extends LintableUnit> {
  readonly chosen: readonly Of[]
  readonly faults: readonly string[]
  readonly notes: readonly string[]
}
