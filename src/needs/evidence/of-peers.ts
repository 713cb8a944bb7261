import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {hasRuntime, isNamedProgram} from '../programs/programs.ts'
import type {Need} from './need.ts'
import {parts} from './parts.ts'

/** What a program that nobody knows may do for whom it serves, by lines that are there for these. */
export function* ofPeers(unit: LoadedUnit): Generator<Need> {
  if (unit.type !== 'service' || isKnown(unit)) return
  yield* ofSockets(unit)
  yield* ofGroups(unit)
}

/** Whether all its main programs are known, and none of them runs what others wrote. */
export function isKnown(unit: LoadedUnit): boolean {
  return parts(unit).every(
    ({isMain, invocation: {path}}) => !isMain || (isNamedProgram(path) && !hasRuntime(path)),
  )
}

/**
 * Whom a program that nobody knows serves by a socket in a folder of its own below `/run`, it may
 * ask the kernel for: in users of its own all others are nobody (unix(7), `SO_PEERCRED`).
 */
function* ofSockets(unit: LoadedUnit): Generator<Need> {
  const folder = valueOf(unit, 'RuntimeDirectory')
  if (!folder) return
  yield {
    access: 'host-users',
    because: `\`RuntimeDirectory=${folder.value.slice(0, 60)}\` may be for a socket, by which it asks who its peers are`,
    certain: false,
    isPossible: true,
    assignment: folder,
  }
}

/** One may give files to a group that one is of (chown(2)). */
function* ofGroups(unit: LoadedUnit): Generator<Need> {
  const groups = valueOf(unit, 'SupplementaryGroups')
  if (!groups) return
  for (const access of ['@chown', '@privileged', 'host-users'] as const)
    yield {
      access,
      because: `\`SupplementaryGroups=${groups.value.slice(0, 60)}\` are groups that it may give files to`,
      certain: false,
      isPossible: true,
      assignment: groups,
    }
}
