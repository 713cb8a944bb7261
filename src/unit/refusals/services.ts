import {hasMountNamespace} from '../settings/mount-namespace.ts'
import {isAfter} from '../read/order.ts'
import {execution} from '../settings/reading.ts'
import {kernelFolders, type Refusal} from './values.ts'
import {executionSection} from '../../facts/sections.ts'
import type {Settings} from '../settings.ts'
import type {Assignment, AssignmentSource, Origin} from '../unit.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {parseCommandLine} from '../../values/commands.ts'
import {parseInteger} from '../../values/integers.ts'
import {isBusName} from '../../values/names.ts'
import {isBelow, parseAbsolutePath} from '../../values/paths.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import {splitWords} from '../../values/words.ts'

export type {Refusal} from './values.ts'

/**
 * Why systemd does not load a unit that it can read: a value that it insists on understanding, or what is missing or does not
 * go together (systemd.service(5), systemd.exec(5)). Undefined for a unit that it loads.
 *
 * Faults of syntax are not looked for, nor what sockets, mounts, timers and paths lack.
 */
export function refusal(settings: Settings): Refusal | undefined {
  const [first, ...others] = settings.refusals
  if (first) return others.reduce((one, other) => (other.assignment && one.assignment && isAfter(one.assignment, other.assignment) ? other : one), first)
  const {counted: unit} = settings
  if (unit.type === 'scope') return {reason: 'scopes are not read from files'}
  if (executionSection(unit.type) === undefined) return undefined
  const isOneshot = isOneshotService(unit)
  return (
    (unit.type === 'service' ? (refusedCommands(unit, isOneshot) ?? refusedService(unit, isOneshot)) : undefined) ??
    refusedProcesses(unit, settings) ??
    refusedUsers(unit, settings)
  )
}

function isOneshotService(unit: AssignmentSource): boolean {
  const type = serviceType(unit)
  return type ? type.value === 'oneshot' : !busName(unit) && commands(unit, 'ExecStart').length === 0
}

/** What a service needs to run. */
function refusedCommands(unit: AssignmentSource, isOneshot: boolean): Refusal | undefined {
  const [start, second] = commands(unit, 'ExecStart')
  if (start) return second && !isOneshot ? {reason: 'more than one `ExecStart=`, which only `Type=oneshot` allows', assignment: second} : undefined
  const action = lastOf(unit.assignments('Unit', 'SuccessAction'), (value) => isAction(value, unit.target.version))
  const hasAction = action !== undefined && action.value !== 'none'
  if (!hasAction && commands(unit, 'ExecStop').length === 0) return {reason: 'none of `ExecStart=`, `ExecStop=` and `SuccessAction=` is set'}
  if (!isOneshot) return at('`ExecStart=` is missing, which only `Type=oneshot` allows', serviceType(unit) ?? busName(unit))
  const remains = last(unit, 'RemainAfterExit', isBoolean)
  if (hasAction || (remains && parseBoolean(remains.value))) return undefined
  return {reason: 'without `ExecStart=`, `RemainAfterExit=yes` or `SuccessAction=` is needed'}
}

/** What the type of a service does not allow. */
function refusedService(unit: AssignmentSource, isOneshot: boolean): Refusal | undefined {
  const type = serviceType(unit)
  if (type?.value === 'dbus' && !busName(unit)) return at('`Type=dbus` without `BusName=`', type)
  const pids = privatePids(unit)
  if (pids && type?.value === 'forking') return at('`PrivatePIDs=yes` with `Type=forking`', pids)
  if (!isOneshot) return undefined
  const restart = last(unit, 'Restart', (value) => restarts.includes(value))
  if (restart && (restart.value === 'always' || restart.value === 'on-success')) return at(`\`Type=oneshot\` with \`Restart=${restart.value}\``, restart)
  const exit = unit.target.version >= 250 ? last(unit, 'ExitType', (value) => value === 'main' || value === 'cgroup') : undefined
  if (exit?.value === 'cgroup') return at('`Type=oneshot` with `ExitType=cgroup`', exit)
  const forced =
    unit.target.version <= 254 ? sinceReset(unit.assignments('Service', 'RestartForceExitStatus')).find(({value}) => namesExitStatus(value)) : undefined
  return forced && at('`Type=oneshot` with `RestartForceExitStatus=`', forced)
}

/** What a unit with processes does not allow for them. */
function refusedProcesses(unit: AssignmentSource, settings: Settings): Refusal | undefined {
  const {version} = unit.target
  const pam = pamName(unit)
  const kill = lastOf(execution(unit, 'KillMode'), (value) => value === '' || killModes.includes(value))?.value ?? ''
  const isMixedGood = unit.type === 'service' || version >= 257
  if (pam && kill !== '' && kill !== 'control-group' && !(kill === 'mixed' && isMixedGood)) return at(`\`PAMName=\` with \`KillMode=${kill}\``, pam)
  const directory = lastOf(execution(unit, 'WorkingDirectory'), (value) => workingDirectory(value, unit) !== undefined)
  const path = directory && workingDirectory(directory.value, unit)
  if (version >= 256 && settings.DynamicUser.value === 'yes') {
    if (unit.manager === 'user') return by("`DynamicUser=yes` for a user's manager", settings.DynamicUser.origin)
    if (path === '~') return at('`DynamicUser=yes` with `WorkingDirectory=~`', directory)
  }
  if (version < 257) return undefined
  if (path !== undefined && kernelFolders.some((folder) => isBelow(path, folder)) && hasMountNamespace(settings)) {
    return at('`WorkingDirectory=` in a kernel file system with a mount namespace', directory)
  }
  const pids = privatePids(unit)
  if (!pids) return undefined
  if (unit.type !== 'service') return at('`PrivatePIDs=yes`, which only services allow', pids)
  return pam && version >= 258 ? at('`PrivatePIDs=yes` with `PAMName=`', pids) : undefined
}

/** What user namespaces do not go together with. */
function refusedUsers(unit: AssignmentSource, {PrivateUsers: users, DynamicUser: dynamic, User: user}: Settings): Refusal | undefined {
  if (unit.target.version < 260 || users.value === 'no') return undefined
  if (users.value === 'managed' && (dynamic.value === 'yes' || user.value !== undefined || hasGroup(unit) || pamName(unit))) {
    return by('`PrivateUsers=managed` with `User=`, `Group=`, `DynamicUser=` or `PAMName=`', users.origin)
  }
  const namespace = lastOf(execution(unit, 'UserNamespacePath'), (value) => value === '' || absolutePath(value, unit) !== undefined)
  return namespace && namespace.value !== '' ? by('`PrivateUsers=` with `UserNamespacePath=`', users.origin) : undefined
}

const serviceTypes = ['simple', 'forking', 'oneshot', 'dbus', 'notify', 'idle', 'exec', 'notify-reload']
const restarts = ['no', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort', 'always']
const killModes = ['control-group', 'process', 'mixed', 'none']
const actions = ['none', 'reboot', 'reboot-force', 'reboot-immediate', 'poweroff', 'poweroff-force', 'poweroff-immediate', 'exit', 'exit-force']
const actionsSince254 = ['soft-reboot', 'soft-reboot-force', 'kexec', 'kexec-force', 'halt', 'halt-force', 'halt-immediate']

function isAction(value: string, version: number): boolean {
  return actions.includes(value) || (version >= 254 && actionsSince254.includes(value))
}

function isBoolean(value: string): boolean {
  return parseBoolean(value) !== undefined
}

function serviceType(unit: AssignmentSource): Assignment | undefined {
  return last(unit, 'Type', (value) => serviceTypes.includes(value) && (value !== 'notify-reload' || unit.target.version >= 253))
}

function busName(unit: AssignmentSource): Assignment | undefined {
  return last(unit, 'BusName', (value) => isBusName(expandSpecifiers(value, unit) ?? ''))
}

function privatePids(unit: AssignmentSource): Assignment | undefined {
  if (unit.target.version < 257) return undefined
  const written = lastOf(execution(unit, 'PrivatePIDs'), isBoolean)
  return written && parseBoolean(written.value) ? written : undefined
}

function pamName(unit: AssignmentSource): Assignment | undefined {
  const written = lastOf(execution(unit, 'PAMName'), (value) => expandSpecifiers(value, unit) !== undefined)
  return written && expandSpecifiers(written.value, unit) === '' ? undefined : written
}

function hasGroup(unit: AssignmentSource): boolean {
  return (execution(unit, 'Group').at(-1)?.value ?? '') !== ''
}

/** A path or `~`; empty for none, undefined for a bad value. */
function workingDirectory(value: string, unit: AssignmentSource): string | undefined {
  const path = value.startsWith('-') ? value.slice(1) : value
  return path === '~' || path === '' ? path : absolutePath(path, unit)
}

function absolutePath(value: string, unit: AssignmentSource): string | undefined {
  return parseAbsolutePath(expandSpecifiers(value, unit) ?? '', unit.target.version)
}

/** Whether a word is an exit status or a signal, by its form. */
function namesExitStatus(value: string): boolean {
  return splitWords(value, 'plain').words.some(({text}) => {
    const number = parseInteger(text)
    return number === undefined ? /^[A-Z][A-Z0-9_+-]+$/.test(text) : number >= 0 && number <= 255
  })
}

/** The assignment of each command that is in force. */
function commands(unit: AssignmentSource, key: string): Assignment[] {
  return sinceReset(unit.assignments('Service', key)).flatMap((assignment) => parseCommandLine(assignment.value, unit).commands.map(() => assignment))
}

function sinceReset(assignments: readonly Assignment[]): readonly Assignment[] {
  return assignments.slice(assignments.findLastIndex(({value}) => value === '') + 1)
}

function last(unit: AssignmentSource, key: string, isValid: (value: string) => boolean): Assignment | undefined {
  return lastOf(unit.assignments('Service', key), isValid)
}

function lastOf(assignments: readonly Assignment[], isValid: (value: string) => boolean): Assignment | undefined {
  return assignments.findLast(({value}) => isValid(value))
}

function at(reason: string, assignment: Assignment | undefined): Refusal {
  return assignment ? {reason, assignment} : {reason}
}

function by(reason: string, origin: Origin): Refusal {
  return at(reason, origin.kind === 'written' ? origin.assignments.at(-1) : undefined)
}
