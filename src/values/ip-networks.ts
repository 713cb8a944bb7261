import {nearest} from '../facts/nearest.ts'
import {newestVersion} from '../facts/targets.ts'
import type {Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type Field, type FieldFault} from './fields.ts'
import {parseUnsigned} from './integers.ts'
import {meantWord} from './meant.ts'
import {quote} from './quote.ts'

/** A range of addresses. */
export interface Network {
  /** 4 bytes for IPv4, 16 for IPv6; those behind the prefix are 0. */
  readonly bytes: readonly number[]
  /** Bits that count. */
  readonly length: number
}

const anywhere = [network(4, [], 0), network(16, [], 0)]
const localhost = [
  network(4, [127], 8),
  network(16, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128),
]
const linkLocal = [network(4, [169, 254], 16), network(16, [0xfe, 0x80], 64)]
const multicast = [network(4, [224], 4), network(16, [0xff], 8)]

/**
 * The networks that a line adds (systemd.resource-control(5), "IPAddressAllow="); undefined for one
 * of which nothing is taken.
 */
export function parseNetworks(value: string, version: number): readonly Network[] | undefined {
  const {networks} = readNetworks(value, version)
  return networks.length === 0 ? undefined : networks
}

/**
 * Words that are addresses, `ADDRESS/LENGTH` or keywords: `IPAddressAllow=`
 * (systemd.resource-control(5)).
 */
export const ipPrefixList: Validator = function* (value, {version}) {
  const {unknown, fault} = readNetworks(value, version)
  for (const field of unknown) {
    const message = `Unexpected ${quote(field.text)}, expected an address such as \`10.0.0.0/8\`, or \`any\`, \`localhost\`, \`link-local\` or \`multicast\``
    yield fieldFault(
      field,
      message,
      endsAtUnknown(version) ? 'line' : 'word',
      meantNetwork(field.text, version),
    )
  }
  if (fault) yield splittingFault(fault)
}

/** The networks of a line. */
function readNetworks(
  value: string,
  version: number,
): {networks: readonly Network[]; unknown: readonly Field[]; fault: FieldFault | undefined} {
  const {fields, fault} = fieldsOf(value, version)
  const networks: Network[] = []
  const unknown: Field[] = []
  for (const field of fields) {
    const named = networksNamed(field.text, version)
    if (named) for (const network of named) networks.push(network)
    else unknown.push(field)
    if (!named && endsAtUnknown(version)) return {networks, unknown, fault: undefined}
  }
  return {networks, unknown, fault}
}

/** Whether an unknown word ends its line, of which the rest is lost. */
function endsAtUnknown(version: number): boolean {
  return version < 250
}

function meantNetwork(word: string, version: number): string | undefined {
  return meantWord(
    word,
    (text) => networksNamed(text, version) !== undefined,
    (bare) => [bare.toLowerCase(), nearest(bare, keywords)],
  )
}

const keywords = ['any', 'localhost', 'link-local', 'multicast']

/**
 * The networks that a word stands for: one for an address, two for a keyword; undefined for a bad
 * word.
 */
export function networksNamed(word: string, version: number): readonly Network[] | undefined {
  if (word === 'any') return anywhere
  if (word === 'link-local') return linkLocal
  if (word === 'multicast') return multicast
  if (isLocalhostName(word)) return localhost
  const slash = word.indexOf('/')
  const bytes = parseAddress(slash === -1 ? word : word.slice(0, slash))
  if (!bytes) return undefined
  const bits = slash === -1 ? undefined : parseUnsigned(word.slice(slash + 1), 8, version)
  const length = slash === -1 ? bytes.length * 8 : Number(bits ?? Infinity)
  if (length > bytes.length * 8) return undefined
  return [masked(bytes, length)]
}

/** Whether a list of networks holds all addresses of both families. */
export function holdsAll(networks: readonly Network[]): boolean {
  return anywhere.every((all) => networks.some((network) => isSameNetwork(network, all)))
}

/** Whether a word stands for the machine itself alone: `localhost`, or an address of it. */
export function isLoopback(word: string): boolean {
  return networksNamed(word, newestVersion)?.every((network) => isLocal(network)) ?? false
}

/** Whether a network's own address is the machine itself, whatever its length. */
export function isLocal({bytes}: Network): boolean {
  return bytes.length === 4
    ? bytes[0] === 127
    : bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))
}

/** The bytes of an IPv4 or IPv6 address in its usual notations; undefined for anything else. */
export function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text)
}

/** A network of an address that begins with these bytes and goes on with zeros. */
function network(size: 4 | 16, first: readonly number[], length: number): Network {
  return {bytes: Array.from({length: size}, (_, index) => first[index] ?? 0), length}
}

function masked(bytes: readonly number[], length: number): Network {
  return {
    length,
    bytes: bytes.map((byte, index) => {
      const bits = Math.min(8, Math.max(0, length - index * 8))
      return byte & (0xff00 >> bits) & 0xff
    }),
  }
}

function isSameNetwork(a: Network, b: Network): boolean {
  return (
    a.length === b.length &&
    a.bytes.length === b.bytes.length &&
    a.bytes.every((byte, index) => byte === b.bytes[index])
  )
}

function isLocalhostName(word: string): boolean {
  return /^(?:.*\.)?localhost(?:\.localdomain)?\.?$/i.test(word)
}

function parseIPv4(text: string): readonly number[] | undefined {
  if (!/^(?:(?:0|[1-9][0-9]{0,2})(?:\.|$)){4}$/.test(text) || text.endsWith('.')) return undefined
  const bytes = text.split('.').map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function parseIPv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 16 - head.length - (tail?.length ?? 0)
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined
  return [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])]
}

/** The bytes of groups between colons; the last one may be an IPv4 address. */
function parseGroups(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  if (groups.length > 8) return undefined
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const number = Number.parseInt(group, 16)
      bytes.push(number >> 8, number & 0xff)
      continue
    }
    const embedded = isLast && index === groups.length - 1 ? parseIPv4(group) : undefined
    if (!embedded) return undefined
    for (const byte of embedded) bytes.push(byte)
  }
  return bytes
}
