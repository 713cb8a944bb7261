import {familyNames, familyVersions} from '../facts/data/address-families.ts'
import type {Parsed} from './parsed.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {splitWords} from './words.ts'

/** Which address families sockets may have. */
export interface AddressFamilyFilter {
  /** Whether the families are those allowed, or those denied. */
  readonly allow: boolean
  /** Canonical names, such as `AF_UNIX`. */
  readonly families: ReadonlySet<string>
  /** Whether there is a list to add to: `none` allows nothing, and yet the next line starts a list of its own. */
  readonly isList: boolean
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['AF_LOCAL', 'AF_UNIX'],
  ['AF_FILE', 'AF_UNIX'],
  ['AF_ROUTE', 'AF_NETLINK'],
])

const nothing: AddressFamilyFilter = {allow: true, families: new Set(), isList: false}

/** The family that a word names, in any case, aliases resolved; undefined for an unknown one. */
export function addressFamily(word: string, version: number): string | undefined {
  return known(version).get(word.toUpperCase())
}

/** Whether a filter lets sockets of a family be. */
export function isFamilyAllowed(filter: AddressFamilyFilter | undefined, family: string): boolean {
  return filter === undefined || filter.families.has(family) === filter.allow
}

/** The filter after one more line; a value of undefined means that there is none (systemd.exec(5), "RestrictAddressFamilies="). */
export function applyAddressFamilies(current: AddressFamilyFilter | undefined, value: string, version: number): Parsed<AddressFamilyFilter | undefined> {
  if (value === '') return {value: undefined}
  if (value === 'none' && version >= 249) return {value: nothing}
  const inverted = value.startsWith('~')
  const allow = current?.isList ? current.allow : !inverted
  const families = new Set(current?.families)
  for (const {text} of splitWords(inverted ? value.slice(1) : value, 'quotes').words) {
    const family = addressFamily(text, version)
    if (family === undefined && version >= 261) break
    if (family === undefined) continue
    if (inverted === allow) families.delete(family)
    else families.add(family)
  }
  return {value: {allow, families, isList: true}}
}

const tables = new Map<number, ReadonlyMap<string, string>>()

/** Canonical names by upper-case name or alias. */
function known(version: number): ReadonlyMap<string, string> {
  const source = tableFor(version, familyVersions)
  let table = tables.get(source)
  if (!table) {
    table = new Map(namesIn(familyNames, source).map((name) => [name.toUpperCase(), aliases.get(name) ?? name]))
    tables.set(source, table)
  }
  return table
}
