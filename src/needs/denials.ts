import {capabilities} from '../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../facts/accesses.ts'
import {homes} from '../facts/closed-folders.ts'
import {commandKeys} from '../facts/command-keys.ts'
import {besides, installsFilter} from '../facts/hardening.ts'
import type {Level, OrderedRow, Spared, UnorderedRow} from '../facts/sandboxing/row.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {
  addressFamilyDenials,
  capabilityDenials,
  maskDenials,
  namespaceDenials,
  systemCallDenials,
} from './denied-sets.ts'
import {commands} from './evidence/commands.ts'
import {declaredPlaces, isWithin} from './evidence/declared.ts'
import {valueOf, valuesOf} from '../unit/value.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {directories} from '../unit/mount-needs.ts'
import {query} from '../unit/query.ts'
import {parseBoolean} from '../values/boolean.ts'
import {isRoot} from '../values/users.ts'

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
  const runsAsRoot = !isOfUser && !isDynamic && (!user || isRoot(user.value))
  const ambient = valuesOf(unit, 'AmbientCapabilities')
    .flatMap(({value}) => value.split(/\s+/))
    .filter((name): name is CapabilityId => (capabilities as readonly string[]).includes(name))
  const places = declaredPlaces(unit)
  const hasPrivileged = !isOfUser && commands(unit).some(({isPrivileged}) => isPrivileged)
  return theOnly({
    version: unit.target.version,
    capabilities: runsAsRoot || hasPrivileged ? 'all' : new Set(ambient),
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

/**
 * The context of a service of which a line is the only one of its directive; undefined where more
 * has to be known.
 */
export function contextWith(
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

/**
 * What a value of a directive denies to the service, the access that it is about first.
 *
 * Empty for a value that denies nothing; `unknown-effect` where nobody has said what the directive
 * or the value denies. For sets (`CapabilityBoundingSet=`, `RestrictAddressFamilies=`,
 * `RestrictNamespaces=`, `SystemCallFilter=`) the value is all that is assigned; several
 * assignments stand beneath each other, a line each.
 */
export function denials(
  directive: string,
  value: string,
  context: DenialContext,
): readonly AccessId[] {
  if (!rowOf(directive)) return unknown
  const known = knownIn(context)
  let byValue = known.get(directive)
  if (!byValue) known.set(directive, (byValue = new Map<string, readonly AccessId[]>()))
  let denied = byValue.get(value)
  if (denied) return denied
  denied = workedOut(directive, value, context)
  if (byValue.size < mostValues && value.length < longestValue) byValue.set(value, denied)
  return denied
}

/** What is known of values: rules ask the same of each unit. Bounded, whatever units say. */
const knownIn = query(
  (_context: DenialContext) => new Map<string, Map<string, readonly AccessId[]>>(),
)

const mostValues = 60
const longestValue = 200

function workedOut(directive: string, value: string, context: DenialContext): readonly AccessId[] {
  const found = ofValue(directive, value.trim(), context)
  if (found.length === 0 || found[0] === 'unknown-effect') return found
  const added: AccessId[] = []
  if (impliesNoNewPrivileges(directive, context)) added.push('privileges-by-exec')
  if (losesSetUser(directive, context)) added.push('CAP_SETUID')
  return added.length === 0 ? found : [...new Set([...found, ...added])]
}

function ofValue(directive: string, value: string, context: DenialContext): readonly AccessId[] {
  const row = rowOf(directive)
  if (!row) return unknown
  const denied = row.holds === 'word' ? ofWord(value, row, context) : ofOther(value, row, context)
  const spared = besides(directive).spares.filter((spare) => isSpared(spare, context))
  return denied.filter((id) => !spared.some(({access}) => access === id))
}

const unknown: readonly AccessId[] = ['unknown-effect']

/** By the level of the word; a boolean may be spelled in any way. */
function ofWord(value: string, row: OrderedRow, {version}: DenialContext): readonly AccessId[] {
  const {booleans, argument, emptySince} = row.reads
  if (value === '' && emptySince !== 'never' && version >= emptySince) return []
  const text = argument === 'none' ? value : (value.split(':', 1)[0] ?? '')
  const isOn = booleans === 'none' ? undefined : parseBoolean(text)
  const levelOf = (word: string): Level | undefined =>
    row.levels.find(({words}) => Object.hasOwn(words, word))
  const level = levelOf(text) ?? (isOn === undefined ? undefined : levelOf(isOn ? 'yes' : 'no'))
  return level?.denies ?? unknown
}

function ofOther(
  value: string,
  {denies, off}: UnorderedRow,
  context: DenialContext,
): readonly AccessId[] {
  const {version} = context
  switch (denies) {
    case 'unknown':
      return unknown
    case 'capabilities':
      return capabilityDenials(value, version, context.capabilities)
    case 'families':
      return addressFamilyDenials(value, version)
    case 'namespaces':
      return namespaceDenials(value, version)
    case 'calls':
      return systemCallDenials(value, version, context.callErrors, context.capabilities)
    case 'mask':
      return maskDenials(value)
    default:
      return off.includes(value) ? [] : denies
  }
}

function isSpared({when}: Spared, context: DenialContext): boolean {
  switch (when) {
    case 'lists-devices':
      return context.listsDevices
    case 'has-own-tmp':
      return context.hasOwnTmp
    case 'binds-no-homes':
      return !context.bindsHomes
    case 'shares-mounts':
      return context.sharesMounts
    case 'allows-addresses':
      return context.allowsAddresses
    case 'allows-ports':
      return context.allowsPorts
    default:
      return context.version >= when
  }
}

/** Whether a directive denies the same to services in two contexts, whatever its value. */
export function deniesAlike(directive: string, one: DenialContext, other: DenialContext): boolean {
  if (one === other) return true
  const row = rowOf(directive)
  if (!row) return true
  if (one.version !== other.version || (row.holds !== 'word' && !readsAlike(row, one, other)))
    return false
  const isLike = (asked: (context: DenialContext) => boolean): boolean =>
    asked(one) === asked(other)
  return (
    besides(directive).spares.every((spare) => isLike((context) => isSpared(spare, context))) &&
    isLike((context) => impliesNoNewPrivileges(directive, context)) &&
    isLike((context) => losesSetUser(directive, context))
  )
}

/**
 * Whether what a directive denies hangs on its value alone, and on nothing else that the service
 * has.
 */
export function deniesByItself(directive: string): boolean {
  const {spares, filters} = besides(directive)
  return (
    rowOf(directive)?.holds === 'word' &&
    spares.length === 0 &&
    !filters &&
    directive !== 'NoNewPrivileges'
  )
}

/** Whether what a list denies is the same in two contexts; see `ofOther`. */
function readsAlike({denies}: UnorderedRow, one: DenialContext, other: DenialContext): boolean {
  if (denies === 'capabilities' || denies === 'calls')
    return one.capabilities === other.capabilities && one.callErrors === other.callErrors
  return true
}

/**
 * Without CAP_SYS_ADMIN, older versions set no_new_privs to install a filter, even against
 * `NoNewPrivileges=no`: seen in 252, gone in 257.
 */
function impliesNoNewPrivileges(
  directive: string,
  {version, capabilities: held}: DenialContext,
): boolean {
  return version < 257 && installsFilter(directive) && held !== 'all' && !held.has('CAP_SYS_ADMIN')
}

/**
 * `User=root`, a filter, and `NoNewPrivileges=yes` together take CAP_SETUID from root; any two of
 * them do not: seen in 257, and not yet in 252, after which newer ones come.
 *
 * `NoNewPrivileges=` is held to account even while there is no filter: whoever adds it usually adds
 * filters in the same stroke.
 */
export function losesSetUser(
  directive: string,
  {explicitRoot, noNewPrivileges}: DenialContext,
): boolean {
  return (
    explicitRoot &&
    (directive === 'NoNewPrivileges' || (noNewPrivileges && installsFilter(directive)))
  )
}
