import {capabilityNames} from '../facts/data/capabilities.ts'
import type {Validator} from './fault.ts'
import {fieldFault, fieldsOfSet, splittingFault, type Field, type FieldFault} from './fields.ts'
import {parseSigned} from './integers.ts'
import {meantWord} from './meant.ts'
import type {Parsed} from './parsed.ts'
import {quote} from './quote.ts'

/** A set of capabilities, bit by number, as the kernel has them. */
export type CapabilitySet = bigint

/** The two directives that take a set of capabilities. */
export type CapabilityKey = 'CapabilityBoundingSet' | 'AmbientCapabilities'

const names: readonly string[] = capabilityNames.split(' ')
const numbers: ReadonlyMap<string, number> = new Map(names.map((name, number) => [name, number]))
const allKnown: CapabilitySet = (1n << BigInt(names.length)) - 1n
const allBits: CapabilitySet = (1n << 64n) - 1n
const unsetBits: CapabilitySet = (1n << 63n) - 1n

/** The set of the named capabilities; unknown names are left out. */
export function capabilitySet(members: readonly string[]): CapabilitySet {
  let set = 0n
  for (const member of members) {
    const number = numbers.get(member)
    if (number !== undefined) set |= 1n << BigInt(number)
  }
  return set
}

/** The names in a set, by number. */
export function capabilitiesIn(set: CapabilitySet): string[] {
  return names.filter((_, number) => (set >> BigInt(number)) & 1n)
}

/**
 * The capability that a word of `CapabilityBoundingSet=` names, in any case; undefined for what
 * systemd skips in silence.
 */
export function capabilityNamed(word: string): string | undefined {
  const name = word.toUpperCase()
  return numbers.has(name) ? name : undefined
}

/**
 * The value of a key that nothing has been assigned to: everything for the bounding set, nothing
 * for the ambient one.
 */
export function untouchedCapabilities(key: CapabilityKey, version: number): CapabilitySet {
  if (key === 'AmbientCapabilities') return 0n
  return version >= 259 ? unsetBits : allBits
}

/**
 * The set after one more line (systemd.exec(5), "CapabilityBoundingSet=").
 *
 * Words replace an untouched set and add to any other; behind `~` they are taken away. Unknown
 * words count as no words, and a line without words makes the set empty.
 */
export function applyCapabilities(
  key: CapabilityKey,
  current: CapabilitySet,
  value: string,
  version: number,
): Parsed<CapabilitySet> {
  if (value === '') return {value: 0n}
  const {isInverted, words} = readCapabilities(value, version)
  if (words === 0n || current === untouchedCapabilities(key, version)) {
    return {value: isInverted ? (version >= 259 ? allKnown : allBits) & ~words : words}
  }
  return {value: isInverted ? current & ~words : current | words}
}

/**
 * Words that are capabilities: `CapabilityBoundingSet=`. systemd says nothing of those that it
 * skips.
 */
export const capabilityWords: Validator = function* (value, {version}) {
  const {unknown, fault} = readCapabilities(value, version)
  for (const field of unknown) {
    const message = `Unexpected ${quote(field.text)}, expected a capability such as \`CAP_NET_ADMIN\``
    yield {...fieldFault(field, message, 'word', meantCapability(field.text)), silent: true}
  }
  if (fault) yield {...splittingFault(fault, 'word'), silent: true}
}

/**
 * The words of a line, those that are capabilities together. Open quotes and escapes end with the
 * line; before 254 they were skipped.
 */
function readCapabilities(
  value: string,
  version: number,
): {
  isInverted: boolean
  words: CapabilitySet
  unknown: readonly Field[]
  fault: FieldFault | undefined
} {
  const {isInverted, fields, fault} = fieldsOfSet(value, version, {
    quotes: true,
    relaxed: version >= 254,
  })
  const unknown: Field[] = []
  let words = 0n
  for (const field of fields) {
    const bit = wordBit(field.text, version)
    words |= bit
    if (bit === 0n) unknown.push(field)
  }
  return {isInverted, words, unknown, fault}
}

function meantCapability(word: string): string | undefined {
  return meantWord(
    word,
    (name) => capabilityNamed(name) === name,
    (bare) => [bare.toUpperCase(), `CAP_${bare.toUpperCase()}`],
  )
}

/** The bit of a name or number, of which those above the last one are none. */
function wordBit(word: string, version: number): CapabilitySet {
  const number = numbers.get(word.toUpperCase()) ?? Number(parseSigned(word, 32, version) ?? -1n)
  return number >= 0 && number <= (version >= 253 ? 62 : 63) ? 1n << BigInt(number) : 0n
}
