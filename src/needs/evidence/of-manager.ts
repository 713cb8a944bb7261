import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf, valuesOf} from '../../unit/value.ts'
import type {Value} from '../../unit/value.ts'
import {commands} from './commands.ts'
import type {Need} from './need.ts'

/**
 * What nobody can know of a unit that lies where nothing tells whose it is, and that reads as one of
 * a user's manager: most of what hardens a service of the system has no effect there, and with some
 * it does not start: `CapabilityBoundingSet=` in 257, `PrivateDevices=`, `ProtectClock=` and
 * `ProtectKernelModules=` too in 252.
 */
export function* ofManager(unit: LoadedUnit): Generator<Need> {
  const found = unit.type === 'service' ? signOfUser(unit) : undefined
  if (!found) return
  const [target, assignment] = found
  yield {
    access: 'unknown-effect',
    because: `\`${assignment.key}=${target}\` suggests a unit of a user's manager, which \`--user\` judges`,
    certain: false,
    isGuess: true,
    isUnseen: true,
    assignment,
  }
}

/** Whether a unit lies where nothing tells whose it is, and reads as one of a user's manager. */
export function readsAsOfUser(unit: LoadedUnit): boolean {
  return signOfUser(unit) !== undefined
}

/** The target by which it does, and the line that names it. */
function signOfUser(unit: LoadedUnit): readonly [target: string, assignment: Value] | undefined {
  if (unit.manager !== 'system') return undefined
  const found = ofSession(unit) ?? ofDefault(unit)
  return found && unit.files.some(({path}) => systemFolder.test(path)) ? undefined : found
}

const systemFolder = /(?:^|[/\\._-])system(?:\.d|[_-]units)?(?:\.control|\.attached)?[/\\]/

/** A target of sessions, which the manager of the system has none of (systemd.special(7)). */
function ofSession(unit: LoadedUnit): readonly [target: string, assignment: Value] | undefined {
  for (const key of relations)
    for (const assignment of valuesOf(unit, key)) {
      // Hardly any names one: no pattern is asked of those that do not.
      if (!sessionWords.some((word) => assignment.value.includes(word))) continue
      const [target] = sessionTarget.exec(assignment.value) ?? []
      if (target !== undefined) return [target, assignment]
    }
  return undefined
}

const relations: readonly string[] = [
  ...['WantedBy', 'RequiredBy', 'UpheldBy'],
  ...['PartOf', 'BindsTo', 'Requires', 'Requisite', 'Wants', 'After'],
]

const sessionWords: readonly string[] = ['-session', 'xdg-desktop-autostart']

const sessionTarget = /(?<!\S)(?:[a-z0-9]+-session(?:-pre)?|xdg-desktop-autostart)\.target(?!\S)/

/**
 * What users' managers start: of the units of others that name `default.target` and no user, most
 * are theirs.
 */
function ofDefault(unit: LoadedUnit): readonly [target: string, assignment: Value] | undefined {
  const all = valuesOf(unit, 'WantedBy')
  const [first] = all
  if (!first || !all.every(({value}) => value === 'default.target')) return undefined
  return isOfSystem(unit) ? undefined : [first.value, first]
}

/** Whether it has what only services of the system have. */
function isOfSystem(unit: LoadedUnit): boolean {
  return (
    ofSystem.some((key) => valueOf(unit, key) !== undefined) ||
    ['/run/', '/var/run/'].some((area) => valueOf(unit, 'PIDFile')?.value.startsWith(area)) ||
    commands(unit).some(
      ({isPrivileged, words}) => isPrivileged || words.some((word) => ofRoot.test(word)),
    )
  )
}

/** A daemon where packages put those of the system, and what only root may write. */
const ofRoot = /^(?:\/(?:usr\/)?sbin|@SBINDIR@)\/|>[ \t]*\/(?:sys|proc|etc)\//

const ofSystem: readonly string[] = [
  ...['User', 'Group', 'DynamicUser', 'SupplementaryGroups', 'PAMName'],
  ...['AmbientCapabilities', 'CapabilityBoundingSet', 'RootDirectory', 'RootImage'],
  ...['TTYPath', 'TTYReset', 'TTYVHangup', 'TTYVTDisallocate'],
]
