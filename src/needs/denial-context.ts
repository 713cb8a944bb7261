import {capabilities} from '../facts/accesses.ts'
import type {CapabilityId} from '../facts/accesses.ts'
import {homes} from '../facts/closed-folders.ts'
import {commandKeys} from '../facts/command-keys.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {directories} from '../unit/mount-needs.ts'
import {query} from '../unit/query.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import {parseBoolean} from '../values/boolean.ts'
import {isRoot} from '../values/users.ts'
import {commands} from './evidence/commands.ts'
import {declaredPlaces, isWithin} from './evidence/declared.ts'

/** What a denial depends on, besides the directive and its value; see `denialContext`. */
export interface DenialContext {
  /** Major version of systemd. */
  readonly version: number
  /**
   * The capabilities that some command of the service starts with: all of root's, or the ambient
   * ones.
   */
  readonly capabilities: 'all' | ReadonlySet<CapabilityId>
  /** `User=` names root. */
  readonly explicitRoot: boolean
  /** `NoNewPrivileges=` is in force. */
  readonly noNewPrivileges: boolean
  /** A denied system call earns an error number instead of death. */
  readonly callErrors: boolean
  /** `IPAddressAllow=` lets some through. */
  readonly allowsAddresses: boolean
  /** `SocketBindAllow=` lets some be bound. */
  readonly allowsPorts: boolean
  /** `PrivateMounts=no` is written. */
  readonly sharesMounts: boolean
  /** `/tmp` is writable whatever is protected: private, or declared. */
  readonly hasOwnTmp: boolean
  /** Something is bound into home directories. */
  readonly bindsHomes: boolean
  /** `DeviceAllow=` names what is allowed already, so that all other devices are denied. */
  readonly listsDevices: boolean
}

/** A system service of root with nothing else set. */
export const plainContext: Omit<DenialContext, 'version'> = {
  capabilities: 'all',
  explicitRoot: false,
  noNewPrivileges: false,
  callErrors: false,
  allowsAddresses: false,
  allowsPorts: false,
  sharesMounts: false,
  hasOwnTmp: false,
  bindsHomes: false,
  listsDevices: false,
}

/** What denials depend on, for a unit. */
export const denialContext = query((unit: LoadedUnit): DenialContext => {
  const user = valueOf(unit, 'User')
  const isDynamic = valueOf(unit, 'DynamicUser')?.boolean === true
  // A user's manager has no privileges to give away.
  const isOfUser = unit.manager === 'user'
  const ambient = valuesOf(unit, 'AmbientCapabilities')
    .flatMap(({value}) => value.split(/\s+/))
    .filter((name): name is CapabilityId => (capabilities as readonly string[]).includes(name))
  const places = declaredPlaces(unit)
  const hasPrivileged = !isOfUser && commands(unit).some(({isPrivileged}) => isPrivileged)
  return theOnly({
    version: unit.target.version,
    capabilities: isOfRoot(unit) || hasPrivileged ? 'all' : new Set(ambient),
    explicitRoot: user !== undefined && isRoot(user.value),
    noNewPrivileges: valueOf(unit, 'NoNewPrivileges')?.boolean === true || isDynamic,
    callErrors: valueOf(unit, 'SystemCallErrorNumber') !== undefined,
    allowsAddresses: valuesOf(unit, 'IPAddressAllow').length > 0,
    allowsPorts: valuesOf(unit, 'SocketBindAllow').length > 0,
    sharesMounts: valueOf(unit, 'PrivateMounts')?.boolean === false,
    hasOwnTmp: isWithin('/tmp', places.writable),
    bindsHomes: places.bound.some((path) => isWithin(path, homes)),
    listsDevices: valuesOf(unit, 'DeviceAllow').length > 0,
  })
}, itself)

/** Whether a service runs as root, whatever some of its commands do by `!`. */
export function isOfRoot(unit: LoadedUnit): boolean {
  const user = valueOf(unit, 'User')
  return (
    unit.manager !== 'user' &&
    valueOf(unit, 'DynamicUser')?.boolean !== true &&
    (!user || isRoot(user.value))
  )
}

/**
 * The context of a service of which a line is the only one of its directive; undefined where more
 * has to be known.
 */
export function contextOfLine(
  key: string,
  value: string,
  context: DenialContext,
): DenialContext | undefined {
  switch (key) {
    case 'IPAddressAllow':
      return theOnly({...context, allowsAddresses: true})
    case 'SocketBindAllow':
      return theOnly({...context, allowsPorts: true})
    case 'NoNewPrivileges':
      return parseBoolean(value) === true ? theOnly({...context, noNewPrivileges: true}) : undefined
    case 'PrivateMounts':
      return theOnly({...context, sharesMounts: parseBoolean(value) === false})
    case 'SystemCallErrorNumber':
      return theOnly({...context, callErrors: true})
    default:
      return deciding.has(key) ? undefined : context
  }
}

/** Other directives that the context hangs on. */
const deciding: ReadonlySet<string> = new Set([
  ...['AmbientCapabilities', 'DeviceAllow', 'DynamicUser', 'PrivateTmp', 'User'],
  // Where the service may write, and what it runs.
  ...['ReadWritePaths', 'BindPaths', 'BindReadOnlyPaths'],
  ...directories.map(([key]) => key),
  ...commandKeys,
  ...['Environment', 'EnvironmentFile', 'PassEnvironment', 'UnsetEnvironment'],
])

/**
 * One context for all units that are alike in it, so that what is known of it is known for all of
 * them.
 */
function theOnly(context: DenialContext): DenialContext {
  const {capabilities: held, ...others} = context
  const name = `${held === 'all' ? held : [...held].toSorted().join(' ')} ${Object.values(others).join(' ')}`
  const known = contexts.get(name)
  if (known) return known
  if (contexts.size >= mostContexts) contexts.clear()
  contexts.set(name, context)
  return context
}

const contexts = new Map<string, DenialContext>()
const mostContexts = 24
