import {callGroupIds} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {strictness, strictnessOf} from '../facts/strictness.ts'
import {isWordDirective} from '../facts/sandboxing/rows.ts'
import {capabilitiesIn, untouchedCapabilities} from '../values/capabilities.ts'
import {allNamespaces} from '../values/namespaces.ts'
import {add, set} from './change.ts'
import {fixBy} from './fix-by.ts'
import type {Fix} from './rule.ts'
import type {Unit} from './unit.ts'

/**
 * The fix that gives back what a directive denies, and no more: the strictest word that does not
 * deny it, or one more line of a list.
 *
 * Undefined where nobody knows one.
 */
export function givingBack(
  unit: Unit,
  directive: string,
  needed: readonly AccessId[],
): Fix | undefined {
  const denies = (value: string): boolean =>
    unit.denies(directive, value).some((access) => needed.includes(access))
  const items = itemsOf(directive, unit)
  if (items) {
    // A line that takes away is somebody's own word against it.
    if (unit.values(directive).some(({value}) => value.startsWith('~') && denies(value)))
      return undefined
    const named = items.filter((item) => needed.some((access) => access === item))
    const given =
      named.length > 0
        ? named
        : items.filter((item) => item !== '@privileged' && denies(`~${item}`))
    if (given.length === 0) return undefined
    const value = given.join(' ')
    return fixBy('unsafe', add('Service', directive, value))
  }
  if (!isWordDirective(directive)) return undefined
  const {version} = unit.target
  const below = strictness(directive, version).slice(
    0,
    Math.max(0, strictnessOf(directive, unit.settings[directive].value, version)),
  )
  const [written] = below.toReversed().find(([word = '']) => !denies(word)) ?? []
  if (written === undefined) return undefined
  return fixBy('unsafe', set('Service', directive, written))
}

/** What a line may add to a list that allows, or take out of one that denies. */
function itemsOf(directive: string, {target: {version}}: Unit): readonly string[] | undefined {
  switch (directive) {
    case 'CapabilityBoundingSet':
      return capabilitiesIn(untouchedCapabilities('CapabilityBoundingSet', version))
    case 'RestrictAddressFamilies':
      return ['AF_UNIX', 'AF_INET AF_INET6', 'AF_NETLINK', 'AF_PACKET']
    case 'RestrictNamespaces':
      return [...allNamespaces(version)]
    case 'SystemCallFilter':
      return callGroupIds
    default:
      return undefined
  }
}
