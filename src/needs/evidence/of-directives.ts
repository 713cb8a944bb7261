import type {AccessId} from '../../facts/accesses.ts'
import {homes} from '../../facts/closed-folders.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {commands} from './commands.ts'
import {declaredPlaces, isWithin, listedPaths} from './declared.ts'
import {directiveSigns} from './directive-signs.ts'
import {isShell} from './invocations.ts'
import {livesOf} from './lives.ts'
import {needsFor, short} from './need.ts'
import type {Need} from './need.ts'
import {ofPath, ownPathNeeds} from './of-commands.ts'
import {resolvedPath} from './paths.ts'
import {meantOf, valueOf} from '../../unit/value.ts'
import {baseName, isBelow} from '../../values/paths.ts'

/** What single directives of a unit show. */
export function* ofDirectives(unit: LoadedUnit): Generator<Need> {
  for (const {key, parts, value, needs, because, certain = false} of directiveSigns) {
    for (const assignment of meantOf(unit, key)) {
      if (parts && !parts.some((part) => assignment.value.includes(part))) continue
      if (assignment.value !== '' && (value?.test(assignment.value.slice(0, 4096)) ?? true)) {
        yield* needsFor(
          needs,
          `\`${key}=${short(assignment.value)}\` ${because}`,
          certain,
          assignment,
        )
      }
    }
  }
  yield* ofWorkingDirectory(unit)
  yield* ofPidFile(unit)
  yield* ofListedPaths(unit)
  yield* ofModes(unit)
  yield* ofReports(unit)
  yield* ofLives(unit)
}

function* ofWorkingDirectory(unit: LoadedUnit): Generator<Need> {
  const folder = valueOf(unit, 'WorkingDirectory')
  if (!folder) return
  const path = folder.value
    .replace(/^[-+]/, '')
    .replace(/^~$/, '/home')
    .replace('%h', unit.manager === 'system' ? '/root' : '/home/user')
  if (path.startsWith('/')) {
    for (const need of ofPath(path, 'mention', '`WorkingDirectory=`', folder, declaredPlaces(unit)))
      yield {...need, certain: need.access === 'home-read' && folder.value.startsWith('/')}
  }
  if (isBelow(resolvedPath(path), '/etc'))
    yield* needsFor(
      ['write-config'],
      `\`WorkingDirectory=${short(path)}\` may be where it keeps files`,
      false,
      folder,
    )
  if (folder.value === '~')
    yield* needsFor(
      ['fixed-user'],
      '`WorkingDirectory=~` asks for a user with a home',
      true,
      folder,
    )
  // From 257 on, systemd refuses a unit that starts there within a mount namespace.
  if (
    unit.target.version >= 257 &&
    ['/proc', '/sys', '/dev'].some((area) => isBelow(resolvedPath(path), area))
  )
    yield* needsFor(
      ['host-mounts'],
      `\`WorkingDirectory=${short(path)}\` bears no mount namespace`,
      true,
      folder,
    )
}

function* ofPidFile(unit: LoadedUnit): Generator<Need> {
  const file = valueOf(unit, 'PIDFile')
  if (!file?.value.startsWith('/')) return
  for (const need of ofPath(file.value, 'write', '`PIDFile=`', file, declaredPlaces(unit)))
    yield {...need, certain: false}
}

/** What a unit opens or shuts by name. */
function* ofListedPaths(unit: LoadedUnit): Generator<Need> {
  const places = declaredPlaces(unit)
  for (const [key, use] of pathLists) {
    for (const {path, inside = path, assignment} of listedPaths(unit, key)) {
      for (const {access} of ownPathNeeds(path, use, use === 'write', places))
        yield {access, because: `\`${key}=\` names \`${short(path)}\``, certain: false, assignment}
      if (key.startsWith('Bind') && isWithin(inside, homes))
        yield {
          access: 'bound-homes',
          because: `\`${key}=\` binds something to \`${short(inside)}\``,
          certain: true,
          assignment,
        }
    }
  }
}

const pathLists = [
  ['ReadWritePaths', 'write'],
  ['ReadOnlyPaths', 'read'],
  ['ExecPaths', 'read'],
  ['BindPaths', 'write'],
  ['BindReadOnlyPaths', 'read'],
] as const

/** Where a script is the main process, it is a child of it that reports. */
function* ofReports(unit: LoadedUnit): Generator<Need> {
  const allowed = valueOf(unit, 'NotifyAccess')
  if (allowed?.value !== 'all') return
  const isScript = commands(unit).some(
    ({words: [program = '']}) => isShell(baseName(program)) || program.endsWith('.sh'),
  )
  if (isScript)
    yield* needsFor(
      ['child-notify', 'unix-sockets'],
      '`NotifyAccess=all` lets what its script starts report',
      false,
      allowed,
    )
}

/**
 * What goes to the background outlives the first process, with which all of a namespace for
 * processes would end (pid_namespaces(7)).
 */
function* ofLives(unit: LoadedUnit): Generator<Need> {
  for (const {life, subject, isElsewhere, assignment} of livesOf(unit)) {
    if (life === 'forks' && !isElsewhere)
      yield* needsFor(['host-pids'], `\`${subject}\` goes to the background`, false, assignment)
  }
}

/** Modes and masks that let others read what the service makes. */
function* ofModes(unit: LoadedUnit): Generator<Need> {
  for (const key of [
    'StateDirectoryMode',
    'CacheDirectoryMode',
    'LogsDirectoryMode',
    'RuntimeDirectoryMode',
  ] as const) {
    const found = valueOf(unit, key)
    if (found && /^[0-7]{3,5}$/.test(found.value))
      yield* needsFor(
        openBits(Number.parseInt(found.value, 8)),
        `\`${key}=${found.value}\` lets others in`,
        false,
        found,
      )
  }
  const mask = valueOf(unit, 'UMask')
  if (mask && /^[0-7]{1,5}$/.test(mask.value)) {
    const bits = openBits(0o777 & ~Number.parseInt(mask.value, 8)).filter((access) =>
      access.endsWith('writable-files'),
    )
    yield* needsFor(bits, `\`UMask=${mask.value}\` lets others write`, false, mask)
  }
}

function openBits(mode: number): readonly AccessId[] {
  const bits: ReadonlyArray<readonly [number, AccessId]> = [
    [0o004, 'world-readable-files'],
    [0o040, 'group-shared-files'],
    [0o020, 'group-writable-files'],
    [0o002, 'world-writable-files'],
  ]
  return bits.filter(([bit]) => mode & bit).map(([, access]) => access)
}
