import {directive as factsOf} from '../facts/directives.ts'
import {outcomesIn} from '../facts/environments.ts'
import {isLateBoot} from '../facts/hardening.ts'
import type {Assignment, Origin} from '../unit/unit.ts'
import {canWorkForUsers} from '../unit/user-manager.ts'
import {isRoot} from '../values/users.ts'
import type {Place} from './place.ts'
import type {Unit} from './unit.ts'

/**
 * Whether a directive of `[Service]` can be asked for here: the unit is a service that systemd
 * reads, the target knows the directive, and it works for that manager. Of a drop-in whose unit is
 * not in sight only what it says itself is judged.
 */
export function isJudged(unit: Unit, directive: string): boolean {
  if (unit.type !== 'service' || !unit.isReadable) return false
  if (!factsOf('Service', directive, unit.target.version)) return false
  if (unit.manager === 'user' && !canWorkForUsers(unit, directive)) return false
  if (!doesAnything(unit, directive)) return false
  if (isLateBoot(directive) && unit.settings.DefaultDependencies.value === 'no') return false
  // What root leaves behind is never removed (systemd.exec(5), "RemoveIPC=").
  if (directive === 'RemoveIPC' && !unit.isPartial && isRoot(unit.settings.User.value ?? 'root'))
    return false
  return unit.isPartial
    ? unit.assignments('Service', directive).length > 0
    : unit.header('Service') !== undefined
}

/** Whether some value of it may do something where the unit runs. */
function doesAnything({target: {environments = [], version}}: Unit, directive: string): boolean {
  return environments.every(
    (environment) => outcomesIn(environment, directive, version).length === 0,
  )
}

/**
 * Where to report a value: at the assignment that decides, else at the header of the section.
 *
 * The weakest value, written out, is a decision of its author (`isOptOut`): no fix overrules it
 * without being asked.
 */
export function writtenIn(
  unit: Unit,
  origin: Origin,
  isWeakest: boolean,
): {at: Assignment | Place | undefined; isOptOut: boolean} {
  const assignment = origin.kind === 'written' ? origin.assignments.at(-1) : undefined
  return assignment
    ? {at: assignment, isOptOut: isWeakest}
    : {at: unit.header('Service'), isOptOut: false}
}
