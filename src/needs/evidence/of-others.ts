import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {valueOf} from '../../unit/value.ts'
import {denialContext, isOfRoot} from '../denial-context.ts'
import {activities} from './activities.ts'
import {possibleFor, short} from './need.ts'
import type {Need} from './need.ts'
import {isKnown} from './of-peers.ts'
import {givenName} from './core-programs.ts'

/**
 * What hangs on others than the programs of a service, so that nothing which these show tells of
 * it: who else runs as its user, and as whom its main process runs by the time that it is signalled.
 */
export function* ofOthers(unit: LoadedUnit): Generator<Need> {
  if (unit.type !== 'service' || unit.manager === 'user') return
  yield* ofSharedUser(unit)
  yield* ofSignals(unit)
  yield* ofCallers(unit)
}

/**
 * When the last unit of a user stops that has `RemoveIPC=`, all IPC objects of that user go, those
 * of daemons that become it by themselves and of its logins as well (systemd.exec(5)).
 */
function* ofSharedUser(unit: LoadedUnit): Generator<Need> {
  const user = valueOf(unit, 'User')
  if (!user || denialContext(unit).explicitRoot) return
  if (valueOf(unit, 'DynamicUser')?.boolean === true || isOwnUser(user.value, unit)) return
  yield* othersMay(
    'lasting-ipc',
    `\`User=${short(user.value)}\` may be that of others, whose shared memory would go when this service stops`,
    user,
  )
}

/** Whether a user is there for a service: one of them is named for the other. */
function isOwnUser(user: string, unit: LoadedUnit): boolean {
  const stem = givenName(unit)
  const programs = activities(unit).flatMap(({assignment, activity}) =>
    assignment.key === 'ExecStart' ? activity.invocations.map(({program}) => program) : [],
  )
  const own = plain(user)
  return [stem, ...programs].map(plain).some((name) => isPart(name, own) || isPart(own, name))
}

function plain(name: string): string {
  const small = name.slice(0, 128).toLowerCase()
  const own = small.startsWith('debian-') ? small.slice('debian-'.length) : small
  return [...own].filter((letter) => letter >= 'a' && letter <= 'z').join('')
}

/** Whether one name is in another; those of one or two letters would be in too many. */
function isPart(part: string, whole: string): boolean {
  return part.length > 2 ? whole.includes(part) : part === whole && part !== ''
}

/**
 * A program that nobody knows may look up in `/proc` who asks it over the bus, as polkitd and others
 * do.
 */
function* ofCallers(unit: LoadedUnit): Generator<Need> {
  const name = valueOf(unit, 'BusName')
  if (!name || isKnown(unit)) return
  yield* possibleFor(
    ['other-processes', 'host-pids', 'CAP_SYS_PTRACE'],
    `\`BusName=${short(name.value)}\` has it answer others, and it may look up in \`/proc\` who they are`,
    name,
  )
}

/** Root without `CAP_KILL` cannot signal a main process that has become another user (kill(2)). */
function* ofSignals(unit: LoadedUnit): Generator<Need> {
  const areOfRoot = isOfRoot(unit)
  for (const {assignment, isPrivileged, activity} of activities(unit)) {
    if (assignment.key === 'ExecStart' || !(areOfRoot || isPrivileged)) continue
    const isSignalling = activity.invocations.some(
      ({program, args}) =>
        (program === 'kill' || program === 'pkill') && args.some((arg) => arg.includes('MAINPID')),
    )
    if (isSignalling)
      yield* othersMay(
        'CAP_KILL',
        `\`${assignment.key}=\` signals the main process, which may have become another user`,
        assignment,
      )
  }
}

function othersMay(access: AccessId, because: string, assignment: Assignment): readonly Need[] {
  return possibleFor([access], because, assignment).map((need) => ({...need, isOfOthers: true}))
}
