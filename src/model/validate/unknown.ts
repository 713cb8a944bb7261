import {directive, directiveNames, entries, everywhere} from '../directives.ts'
import {fileSections} from '../data/directives.ts'
import {nearest} from '../nearest.ts'
import type {UnitType} from '../unit.ts'
import {valueFacts} from './facts.ts'

/** Why a version does not know a directive where it stands. */
export type Unknown =
  /** It came with a later version, here. */
  | {readonly why: 'newer'; readonly since: number}
  /** It is forgotten since some version. */
  | {readonly why: 'gone'; readonly since: number}
  /** Other sections of the same file know it. */
  | {readonly why: 'elsewhere'; readonly sections: readonly string[]}
  /** Only files of other units have sections that know it. */
  | {readonly why: 'other-units'; readonly sections: readonly string[]}
  /** A directive of this section has nearly the same name. */
  | {readonly why: 'misspelt'; readonly meant: string}
  | {readonly why: 'unheard-of'}

/** Find out why a directive is unknown in a section of a unit's file, and so what to do about it. */
export function whyUnknown(section: string, key: string, type: UnitType, version: number): Unknown {
  const ever = entries(section, key)
  const since = Math.min(...ever.map((facts) => facts.since ?? 0).filter((first) => first > version))
  const sections = sectionsOf(key, version)
  const own = sections.filter((name) => fileSections[type]?.includes(name))
  if (own.length > 0) return {why: 'elsewhere', sections: own}
  if (since !== Infinity) return {why: 'newer', since}
  const gone = Math.max(...ever.map((facts) => facts.unknownSince ?? 0))
  if (gone > 0) return {why: 'gone', since: gone}
  const meant = nearest(key, namesIn(section, version))
  if (meant?.toLowerCase() === key.toLowerCase()) return {why: 'misspelt', meant}
  if (sections.length > 0) return {why: 'other-units', sections}
  return meant === undefined ? {why: 'unheard-of'} : {why: 'misspelt', meant}
}

/** The section of a unit's file that a bad name plainly means; undefined when none is near. */
export function meantSection(name: string, type: UnitType): string | undefined {
  return nearest(name.trim(), fileSections[type] ?? [])
}

/** The sections in which a version knows a directive. */
export function sectionsOf(key: string, version: number): string[] {
  const sections = new Set(everywhere(key).flatMap((facts) => facts.sections))
  return [...sections].filter((section) => valueFacts(section, key, version) !== undefined)
}

/** What to write instead of a directive that is obsolete or gone. */
export interface Replacement {
  readonly key: string
  /** Where it stands, if that is another section. */
  readonly section?: string
  /** The same value means the same there. */
  readonly keepsValue: boolean
}

/** What replaces an obsolete directive; undefined for one that nothing does, or that is not obsolete. */
export function replacement(section: string, key: string, version: number): Replacement | undefined {
  const name = successors.get(key)
  if (name !== undefined) return directive(section, name, version) && {key: name, keepsValue: sameValue.has(key)}
  const alias = valueFacts(section, key, version)?.aliasOf
  if (alias === undefined) return undefined
  const [first = '', second] = alias.split('.')
  return second === undefined ? {key: first, keepsValue: key !== 'OnFailureIsolate'} : {section: first, key: second, keepsValue: true}
}

/** What control groups of version 2 call what those of version 1 had (systemd.resource-control(5)). */
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
const sameValue: ReadonlySet<string> = new Set(['BlockIOAccounting', 'BlockIOReadBandwidth', 'BlockIOWriteBandwidth', 'MemoryLimit'])

function namesIn(section: string, version: number): string[] {
  return directiveNames().filter((name) => directive(section, name, version) !== undefined)
}
