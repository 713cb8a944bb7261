import type {LoadedUnit} from '../unit/load.ts'
import {dependencies} from './dependencies.ts'
import type {Dependency} from './dependency.ts'

/**
 * The targets that are started, with all that they pull in, when the machine or a user's manager
 * comes to its end (bootup(7), systemd.special(7)).
 */
const targets: ReadonlySet<string> = new Set([
  'exit.target',
  'final.target',
  'halt.target',
  'kexec.target',
  'poweroff.target',
  'reboot.target',
  'shutdown.target',
  'soft-reboot.target',
  'umount.target',
])

/**
 * Of these, the ones that each end goes through: what conflicts with one of them is stopped by all
 * ends.
 */
const passed: ReadonlySet<string> = new Set(['final.target', 'shutdown.target', 'umount.target'])

/** Whether a target is started when the machine comes to its end. */
export function isOfShutdown(name: string): boolean {
  return targets.has(name)
}

/**
 * Why a unit is stopped when the machine comes to its end, and is not started then: its
 * `Conflicts=`, written or by default.
 */
export function conflictWithShutdown(unit: LoadedUnit): Dependency | undefined {
  return dependencies(unit).find(({kind, name}) => kind === 'Conflicts' && passed.has(name))
}
