import type {CapabilityId} from '../facts/accesses.ts'
import {besides, droppers, impliersOf} from '../facts/hardening.ts'
import type {ExposureRow, Level} from '../facts/sandboxing/row.ts'
import {rows} from '../facts/sandboxing/rows.ts'
import type {ExposedDirective} from '../facts/sandboxing/rows.ts'
import {capabilitySet} from '../values/capabilities.ts'
import type {Namespace} from '../values/namespaces.ts'
import {callAllowedOf} from '../values/syscalls.ts'
import type {AssessedUnit} from './subject.ts'

/** A row of the exposure table (systemd-analyze(1), "security"). */
export interface Assessor {
  /** As systemd calls the row. */
  readonly name: string
  /** Up to 249, if it differs. */
  readonly oldName?: string
  /** As security policies and JSON call it. */
  readonly jsonField: string
  readonly weight: number
  /** The badness of the worst value. */
  readonly range: number
  /** The first version that has the row. */
  readonly since?: number
  /** The directives that decide about it, the one to set first. */
  readonly settings: readonly string[]
  /** Whether it does not apply to units of early boot. */
  readonly lateBootOnly?: true
  /** From 0, good, to `range`; undefined where the row does not apply. */
  assess(subject: AssessedUnit): number | undefined
  /**
   * What the row says where nothing better is known: for badness 0, for the rest, and where it does
   * not apply.
   */
  readonly words: {readonly good: string; readonly bad: string; readonly inapplicable?: string}
  /** What it says about the value at hand; undefined leaves it to `words`. */
  describe?(subject: AssessedUnit, badness: number | undefined): string | undefined
}

/** A row about a directive whose value is one word, as its row among the facts has it. */
export function word(key: ExposedDirective): Assessor {
  const {exposure, levels}: {readonly exposure: ExposureRow; readonly levels: readonly Level[]} =
    rows[key]
  const {weight, range, good, bad, between} = exposure
  const {lateBoot} = besides(key)
  const impliers = impliersOf(key).map(({by}) => by)
  return {
    name: `${key}=`,
    jsonField: key,
    weight,
    range,
    settings: [...new Set([key, ...impliers]), ...(lateBoot ? ['DefaultDependencies'] : [])],
    ...(lateBoot ? {lateBootOnly: true} : {}),
    assess({settings}) {
      const {value} = settings[key]
      return between[value]?.[0] ?? (Object.hasOwn(levels[0]?.words ?? {}, value) ? range : 0)
    },
    words: {good, bad},
    describe: ({settings}) => between[settings[key].value]?.[1],
  }
}

/**
 * A row about capabilities, none of which the service should be able to have; `ability` completes
 * "It may ...".
 */
export function capability(
  pattern: string,
  weight: number,
  names: readonly CapabilityId[],
  ability: string,
): Assessor {
  const set = capabilitySet(names)
  const impliers = droppers().filter(({drops}) => drops.some((name) => names.includes(name)))
  return {
    name: `CapabilityBoundingSet=~${pattern}`,
    jsonField: `CapabilityBoundingSet_${fieldOf(pattern)}`,
    weight,
    range: 1,
    settings: ['CapabilityBoundingSet', ...impliers.map(({by}) => by)],
    assess: ({settings}) => ((settings.CapabilityBoundingSet.value & set) === 0n ? 0 : 1),
    words: {good: `It can never ${ability}`, bad: `As root it may ${ability}`},
    describe: ({manager}, badness) =>
      manager === 'user' && badness === 1
        ? `By a program with rights of its file it may ${ability}`
        : undefined,
  }
}

/**
 * `CAP_SET(UID|GID|PCAP)` is called `CAP_SET_UID_GID_PCAP`; systemd leaves one closing parenthesis
 * in.
 */
function fieldOf(pattern: string): string {
  if (pattern === 'CAP_NET_(BIND_SERVICE|BROADCAST|RAW)')
    return 'CAP_NET_BIND_SERVICE_BROADCAST_RAW)'
  return pattern
    .replaceAll('_*', '')
    .replaceAll('_(', '_')
    .replaceAll('(', '_')
    .replaceAll('|', '_')
    .replaceAll(')', '')
}

/** A row about a kind of namespaces; up to 249 it goes by the kernel's name of the kind. */
export function namespace(kind: Namespace, kernelName: string, weight: number): Assessor {
  return {
    name: `RestrictNamespaces=~${kind}`,
    oldName: `RestrictNamespaces=~${kernelName}`,
    jsonField: `RestrictNamespaces_${kind}`,
    weight,
    range: 1,
    settings: ['RestrictNamespaces'],
    assess: ({settings: {RestrictNamespaces}}) =>
      RestrictNamespaces.value === undefined || RestrictNamespaces.value.has(kind) ? 1 : 0,
    words: {
      good: `It cannot create or enter ${kind} namespaces`,
      bad: `It may create and enter ${kind} namespaces`,
    },
  }
}

/** A row about families of sockets. */
export function sockets(
  pattern: string,
  jsonField: string,
  weight: number,
  isMeant: (family: string) => boolean,
  kind: string,
): Assessor {
  return {
    name: `RestrictAddressFamilies=~${pattern}`,
    jsonField: `RestrictAddressFamilies_${jsonField}`,
    weight,
    range: 1,
    settings: ['RestrictAddressFamilies'],
    assess({settings}) {
      const filter = settings.RestrictAddressFamilies.value
      if (!filter) return 1
      const listed = [...filter.families].some(isMeant)
      return listed === filter.allow ? 1 : 0
    },
    words: {good: `It cannot open ${kind} sockets`, bad: `It may open ${kind} sockets`},
  }
}

/**
 * A row about a group of system calls; `range` is 10, and 9 is a list of allowed calls that is too
 * long.
 */
export function calls(group: string, weight: number): Assessor {
  return {
    name: `SystemCallFilter=~@${group}`,
    jsonField: `SystemCallFilter_${group.replaceAll('-', '_')}`,
    weight,
    range: 10,
    settings: ['SystemCallFilter'],
    assess({settings, version}) {
      const filter = settings.SystemCallFilter.value
      if (!filter || (!filter.allow && filter.calls.size === 0)) return 10
      if (callAllowedOf(filter, `@${group}`, version) === undefined) return 0
      return filter.allow ? 9 : 10
    },
    words: {
      good: `The system call filter stops all of @${group}`,
      bad: `No system call filter stops @${group}`,
    },
    describe({settings, version}, badness) {
      const filter = settings.SystemCallFilter.value
      if (!badness || !filter || (!filter.allow && filter.calls.size === 0)) return undefined
      return `The ${filter.allow ? 'list of allowed' : 'list of denied'} system calls lets ${callAllowedOf(filter, `@${group}`, version)} of @${group} pass`
    },
  }
}
