import type {Settings} from '../unit/settings.ts'
import type {UnitType} from '../facts/unit-types.ts'
import {isRoot} from '../values/users.ts'

/** A unit as the rows of the exposure table see it. */
export interface AssessedUnit {
  readonly settings: Settings
  readonly type: UnitType
  readonly manager: 'system' | 'user'
  readonly version: number
  /**
   * Whether an unset `PrivateMounts=` counts as unset, although systemd counts it as set since 254.
   */
  readonly honest: boolean
}

/**
 * Whether the target knows that a user's manager never runs anything as root; the newest point
 * releases of 258 and later do.
 */
export function isKnownUnprivileged({manager, version}: AssessedUnit): boolean {
  return manager === 'user' && version >= 258
}

/** Whether systemd counts the unit as run by root. */
export function runsAsRoot(subject: AssessedUnit): boolean {
  if (isKnownUnprivileged(subject)) return false
  const user = subject.settings.User.value
  return user === undefined || isRoot(user)
}
