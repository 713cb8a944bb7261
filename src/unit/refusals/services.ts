import {executionSection} from '../../facts/sections.ts'
import {commandsIn} from '../../values/commands.ts'
import {path} from '../../values/path-values.ts'
import {isBelow} from '../../values/paths.ts'
import type {LoadedUnit} from '../load.ts'
import {settings} from '../settings.ts'
import {hasMountNamespace} from '../settings/mount-namespace.ts'
import {meaningIn} from '../settings/source.ts'
import type {Origin} from '../unit.ts'
import {valueOf, valuesOf, type Value} from '../value.ts'
import {refusedAt, refusedWithout, type Refusal} from './refusal.ts'

/**
 * Why systemd does not load a unit that it can read: what is missing or does not go together
 * (systemd.service(5), systemd.exec(5)). Undefined for a unit that it loads.
 *
 * Faults of syntax are not looked for, nor what sockets, mounts, timers and paths lack.
 */
export function refusal(unit: LoadedUnit): Refusal | undefined {
  if (unit.type === 'scope') return {reason: 'scope, which is not read from a file'}
  if (executionSection(unit.type) === undefined) return undefined
  const isOneshot = isOneshotService(unit)
  return (
    (unit.type === 'service'
      ? (refusedCommands(unit, isOneshot) ?? refusedService(unit, isOneshot))
      : undefined) ??
    refusedProcesses(unit) ??
    refusedUsers(unit)
  )
}

function isOneshotService(unit: LoadedUnit): boolean {
  const type = valueOf(unit, 'Type')
  return type
    ? type.value === 'oneshot'
    : !valueOf(unit, 'BusName') && commands(unit, 'ExecStart').length === 0
}

/** What a service needs to run. */
function refusedCommands(unit: LoadedUnit, isOneshot: boolean): Refusal | undefined {
  const [start, second] = commands(unit, 'ExecStart')
  if (start)
    return second && !isOneshot
      ? {reason: 'more than one `ExecStart=`, which only `Type=oneshot` allows', assignment: second}
      : undefined
  const action = valueOf(unit, 'SuccessAction')
  const hasAction = action !== undefined && action.value !== 'none'
  if (!hasAction && commands(unit, 'ExecStop').length === 0)
    return refusedWithout(
      ['ExecStart', 'ExecStop', 'SuccessAction'],
      '`ExecStart=`, `ExecStop=` or `SuccessAction=`',
      'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set',
    )
  if (!isOneshot)
    return refusedWithout(
      ['ExecStart'],
      '`ExecStart=`, which only `Type=oneshot` may lack',
      '`ExecStart=` is missing, which only `Type=oneshot` allows',
      valueOf(unit, 'Type') ?? valueOf(unit, 'BusName'),
    )
  if (hasAction || valueOf(unit, 'RemainAfterExit')?.boolean) return undefined
  return refusedWithout(
    ['ExecStart', 'RemainAfterExit', 'SuccessAction'],
    '`RemainAfterExit=yes` or `SuccessAction=` where there is no `ExecStart=`',
    'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed',
  )
}

/** What the type of a service does not allow. */
function refusedService(unit: LoadedUnit, isOneshot: boolean): Refusal | undefined {
  const type = valueOf(unit, 'Type')
  if (type?.value === 'dbus' && !valueOf(unit, 'BusName'))
    return {...refusedAt('`Type=dbus` without `BusName=`', type), lacks: ['BusName']}
  const pids = privatePids(unit)
  if (pids && type?.value === 'forking')
    return refusedAt('`PrivatePIDs=yes` with `Type=forking`', pids)
  if (!isOneshot) return undefined
  const restart = valueOf(unit, 'Restart')
  if (restart && (restart.value === 'always' || restart.value === 'on-success'))
    return refusedAt(`\`Type=oneshot\` with \`Restart=${restart.value}\``, restart)
  const exit = valueOf(unit, 'ExitType')
  if (exit?.value === 'cgroup') return refusedAt('`Type=oneshot` with `ExitType=cgroup`', exit)
  const forced =
    unit.target.version <= 254 ? valuesOf(unit, 'RestartForceExitStatus')[0] : undefined
  return forced && refusedAt('`Type=oneshot` with `RestartForceExitStatus=`', forced)
}

/** What a unit with processes does not allow for them. */
function refusedProcesses(unit: LoadedUnit): Refusal | undefined {
  const {version} = unit.target
  const pam = valueOf(unit, 'PAMName')
  const kill = valueOf(unit, 'KillMode')?.value ?? ''
  const isMixedGood = unit.type === 'service' || version >= 257
  if (pam && kill !== '' && kill !== 'control-group' && !(kill === 'mixed' && isMixedGood))
    return refusedAt(`\`PAMName=\` with \`KillMode=${kill}\``, pam)
  const directory = valueOf(unit, 'WorkingDirectory')
  const folder = directory && meaningIn(unit, 'WorkingDirectory', path, directory.value)
  if (version >= 256 && settings(unit).DynamicUser.value === 'yes') {
    if (unit.manager === 'user')
      return by("`DynamicUser=yes` for a user's manager", settings(unit).DynamicUser.origin)
    if (folder === '~') return refusedAt('`DynamicUser=yes` with `WorkingDirectory=~`', directory)
  }
  if (version < 257) return undefined
  if (
    folder !== undefined &&
    kernelFolders.some((kernels) => isBelow(folder, kernels)) &&
    hasMountNamespace(unit)
  ) {
    return refusedAt(
      '`WorkingDirectory=` in a kernel file system with a mount namespace',
      directory,
    )
  }
  const pids = privatePids(unit)
  if (!pids) return undefined
  if (unit.type !== 'service')
    return refusedAt('`PrivatePIDs=yes`, which only services allow', pids)
  return pam && version >= 258 ? refusedAt('`PrivatePIDs=yes` with `PAMName=`', pids) : undefined
}

/** What user namespaces do not go together with. */
function refusedUsers(unit: LoadedUnit): Refusal | undefined {
  // `DynamicUser=yes` has a user, too.
  const {PrivateUsers: users, User: user} = settings(unit)
  if (unit.target.version < 260 || users.value === 'no') return undefined
  if (
    users.value === 'managed' &&
    (user.value !== undefined || valueOf(unit, 'Group') || valueOf(unit, 'PAMName'))
  ) {
    return by(
      '`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=`',
      users.origin,
    )
  }
  return valueOf(unit, 'UserNamespacePath')
    ? by('`PrivateUsers=` with `UserNamespacePath=`', users.origin)
    : undefined
}

function privatePids(unit: LoadedUnit): Value | undefined {
  const pids = valueOf(unit, 'PrivatePIDs')
  return pids?.boolean ? pids : undefined
}

/** The line of each command that is in force. */
function commands(unit: LoadedUnit, key: string): Value[] {
  return valuesOf(unit, key).flatMap((line) => commandsIn(line.value, unit).map(() => line))
}

function by(reason: string, origin: Origin): Refusal {
  return refusedAt(reason, origin.kind === 'written' ? origin.assignments.at(-1) : undefined)
}

/** Where kernel file systems are mounted. */
const kernelFolders = ['/proc', '/sys', '/dev']
