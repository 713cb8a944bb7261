import {directive} from '../facts/directives.ts'
import {valueFacts} from '../facts/value-facts.ts'

/** What to write instead of a directive that is obsolete or gone. */
export interface Replacement {
  readonly key: string
  /** Where it stands, if that is another section. */
  readonly section?: string
  /** The same value means the same there. */
  readonly keepsValue: boolean
}

/**
 * What replaces an obsolete directive; undefined for one that nothing does, or that is not
 * obsolete.
 */
export function replacement(
  section: string,
  key: string,
  version: number,
): Replacement | undefined {
  const name = successors.get(key)
  if (name !== undefined)
    return directive(section, name, version) && {key: name, keepsValue: sameValue.has(key)}
  const alias = valueFacts(section, key, version)?.aliasOf
  if (alias === undefined) return undefined
  const [first = '', second] = alias.split('.')
  return second === undefined
    ? {key: first, keepsValue: key !== 'OnFailureIsolate'}
    : {section: first, key: second, keepsValue: true}
}

/**
 * What control groups of version 2 call what those of version 1 had (systemd.resource-control(5)).
 */
const successors: ReadonlyMap<string, string> = new Map([
  ['BlockIOAccounting', 'IOAccounting'],
  ['BlockIODeviceWeight', 'IODeviceWeight'],
  ['BlockIOReadBandwidth', 'IOReadBandwidthMax'],
  ['BlockIOWeight', 'IOWeight'],
  ['BlockIOWriteBandwidth', 'IOWriteBandwidthMax'],
  ['CPUShares', 'CPUWeight'],
  ['MemoryLimit', 'MemoryMax'],
  ['StartupBlockIOWeight', 'StartupIOWeight'],
  ['StartupCPUShares', 'StartupCPUWeight'],
])

/** Those of them that count in the same unit. */
const sameValue: ReadonlySet<string> = new Set([
  'BlockIOAccounting',
  'BlockIOReadBandwidth',
  'BlockIOWriteBandwidth',
  'MemoryLimit',
])
