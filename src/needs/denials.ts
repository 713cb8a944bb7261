import type {AccessId} from '../facts/accesses.ts'
import {besides, installsFilter} from '../facts/hardening.ts'
import type {Level, OrderedRow, Spared, UnorderedRow} from '../facts/sandboxing/row.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {query} from '../unit/query.ts'
import {parseBoolean} from '../values/boolean.ts'
import {
  addressFamilyDenials,
  capabilityDenials,
  maskDenials,
  namespaceDenials,
  systemCallDenials,
} from './denied-sets.ts'
import type {DenialContext} from './denial-context.ts'
import {upTo} from '../syntax/text.ts'

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

/**
 * The access that a directive is about: what its strictest value denies first. Undefined for what
 * denies as its words say.
 */
export function subjectOf(directive: string): AccessId | undefined {
  const row = rowOf(directive)
  if (row?.holds === 'word') return row.levels.at(-1)?.denies[0]
  return Array.isArray(row?.denies) ? row.denies[0] : undefined
}

/** By the level of the word; a boolean may be spelled in any way. */
function ofWord(value: string, row: OrderedRow, {version}: DenialContext): readonly AccessId[] {
  const {booleans, argument, emptySince} = row.reads
  if (value === '' && emptySince !== 'never' && version >= emptySince) return []
  const text = argument === 'none' ? value : upTo(value, ':')
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
