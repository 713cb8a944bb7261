import type {WholeMachine} from '../machine/machine.ts'
import {unitFor} from '../rule/unit.ts'
import type {Unit} from '../rule/unit.ts'
import type {LoadedUnit} from '../unit/load.ts'
import type {LintOptions} from './options.ts'
import {evidenceOf} from './own-lines.ts'
import type {Facade} from './proposal.ts'

/** How a run makes units ready for rules. */
export function facadeFor({profile, trace, tried}: LintOptions, machine?: WholeMachine): Facade {
  return (loaded, evidence) =>
    unitFor(loaded, {profile, trace, tried: tried?.get(loaded.name), machine, evidence})
}

/** A unit ready for rules, as it is; what shows what it needs is worked out when somebody asks. */
export function readyUnit(loaded: LoadedUnit, options: LintOptions, machine?: WholeMachine): Unit {
  const facade = facadeFor(options, machine)
  const whole = facade(loaded, loaded)
  return facade(loaded, () => evidenceOf(whole, options, facade))
}
