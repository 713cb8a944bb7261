import {strictness} from '../facts/strictness.ts'
import {capabilitiesIn} from '../values/capabilities.ts'
import type {Unit} from '../rule/unit.ts'
import type {Row} from '../security/index.ts'

/** Rows about words that no order knows, or that less than the strictest closes. */
const remedies: Readonly<Record<string, readonly [directive: string, value: string]>> = {
  'User=/DynamicUser=': ['DynamicUser', 'yes'],
  'UMask=': ['UMask', '0077'],
  'SystemCallArchitectures=': ['SystemCallArchitectures', 'native'],
  'IPAddressDeny=': ['IPAddressDeny', 'any'],
  'DeviceAllow=': ['DevicePolicy', 'closed'],
  'NotifyAccess=': ['NotifyAccess', 'exec'],
  'RestrictAddressFamilies=~…': ['RestrictAddressFamilies', '~AF_ALG AF_BLUETOOTH AF_VSOCK'],
}

/** Rows about lists that only their author can do without. */
const personal: ReadonlySet<string> = new Set([
  'RootDirectory=/RootImage=',
  'SupplementaryGroups=',
  'AmbientCapabilities=',
  'Delegate=',
])

const families = ['AF_INET', 'AF_INET6', 'AF_UNIX', 'AF_NETLINK', 'AF_PACKET']

/** The directive and the value that would close a row of a unit; undefined where nobody can say. */
export function remedyOf(
  {name, settings}: Row,
  unit: Unit,
): readonly [directive: string, value: string] | undefined {
  if (Object.hasOwn(remedies, name)) return remedies[name]
  if (personal.has(name)) return undefined
  const [directive = ''] = settings
  const pattern = /=~(.*)$/.exec(name)?.[1]
  if (pattern === undefined) {
    const strictest = strictness(directive, unit.target.version).at(-1)?.[0]
    return strictest === undefined ? undefined : [directive, strictest]
  }
  if (directive === 'CapabilityBoundingSet')
    return ofSet(directive, pattern, capabilitiesIn(unit.settings.CapabilityBoundingSet.value))
  if (directive === 'RestrictAddressFamilies') return ofSet(directive, pattern, families)
  return [directive, `~${pattern}`]
}

/** Row names abbreviate: `CAP_SET(UID|GID|PCAP)`, `CAP_AUDIT_*`. */
function ofSet(
  directive: string,
  pattern: string,
  all: readonly string[],
): readonly [directive: string, value: string] {
  const expression = new RegExp(`^(?:${pattern.replaceAll('*', '.*')})$`)
  return [directive, `~${all.filter((item) => expression.test(item)).join(' ')}`]
}
