import {familyNames, familyVersions} from '../facts/data/address-families.ts'
import {nearest} from '../facts/nearest.ts'
import {namesIn, tableFor} from '../facts/ranges.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldFault, fieldsOfSet, splittingFault, type Field, type FieldFault} from './fields.ts'
import {meantWord, meantWords, plainly} from './meant.ts'
import type {Parsed} from './parsed.ts'
import {quote} from './quote.ts'

/** Which address families sockets may have. */
export interface AddressFamilyFilter {
  /** Whether the families are those allowed, or those denied. */
  readonly allow: boolean
  /** Canonical names, such as `AF_UNIX`. */
  readonly families: ReadonlySet<string>
  /**
   * Whether there is a list to add to: `none` allows nothing, and yet the next line starts a list
   * of its own.
   */
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

/**
 * The filter after one more line; a value of undefined means that there is none (systemd.exec(5),
 * "RestrictAddressFamilies=").
 */
export function applyAddressFamilies(
  current: AddressFamilyFilter | undefined,
  value: string,
  version: number,
): Parsed<AddressFamilyFilter | undefined> {
  if (value === '') return {value: undefined}
  if (value === 'none' && version >= 249) return {value: nothing}
  const {isInverted, families: named} = readFamilies(value, version)
  const allow = current?.isList ? current.allow : !isInverted
  const families = new Set(current?.families)
  for (const family of named) {
    if (isInverted === allow) families.delete(family)
    else families.add(family)
  }
  return {value: {allow, families, isList: true}}
}

/** Words that are address families, or `none`: `RestrictAddressFamilies=`. */
export const addressFamilyList: Validator = function* (value, context) {
  const {version} = context
  if (value === 'none' && version >= 249) return
  const {unknown, fault} = readFamilies(value, version)
  const spelling = (bare: string): string => meantWords(bare, (word) => meantFamily(word, version))
  for (const field of unknown) {
    const message = `Unexpected ${quote(field.text)}, expected an address family such as \`AF_INET\``
    if (endsAtUnknown(version))
      yield lineFault(value, message, plainly(value, addressFamilyList, context, spelling))
    else yield fieldFault(field, message, 'word', meantFamily(field.text, version))
  }
  if (fault) yield splittingFault(fault)
}

/** Whether an unknown word ends its line, which is lost from there on. */
function endsAtUnknown(version: number): boolean {
  return version >= 261
}

/** The families of a line, in its order. */
function readFamilies(
  value: string,
  version: number,
): {
  isInverted: boolean
  families: readonly string[]
  unknown: readonly Field[]
  fault: FieldFault | undefined
} {
  const {isInverted, fields, fault} = fieldsOfSet(value, version, {quotes: true})
  const families: string[] = []
  const unknown: Field[] = []
  for (const field of fields) {
    const family = addressFamily(field.text, version)
    if (family !== undefined) families.push(family)
    else unknown.push(field)
    if (family === undefined && endsAtUnknown(version))
      return {isInverted, families, unknown, fault: undefined}
  }
  return {isInverted, families, unknown, fault}
}

function meantFamily(word: string, version: number): string | undefined {
  return meantWord(
    word,
    (name) => addressFamily(name, version) !== undefined,
    (bare) => [
      bare.toUpperCase(),
      `AF_${bare.toUpperCase()}`,
      bare.length > 4 ? nearest(bare.toUpperCase(), common) : undefined,
    ],
  )
}

/** Those that services have use for: a slip in the name means none of the others. */
const common = [
  'AF_UNIX',
  'AF_INET',
  'AF_INET6',
  'AF_NETLINK',
  'AF_PACKET',
  'AF_BLUETOOTH',
  'AF_VSOCK',
]

const tables = new Map<number, ReadonlyMap<string, string>>()

/** Canonical names by upper-case name or alias. */
function known(version: number): ReadonlyMap<string, string> {
  const source = tableFor(version, familyVersions)
  let table = tables.get(source)
  if (!table) {
    table = new Map(
      namesIn(familyNames, source).map((name) => [name.toUpperCase(), aliases.get(name) ?? name]),
    )
    tables.set(source, table)
  }
  return table
}
