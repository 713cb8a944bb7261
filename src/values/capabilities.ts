import {capabilityNames} from '../facts/data/capabilities.ts'
import {parseInteger} from './integers.ts'
import type {Parsed} from './parsed.ts'
import {splitWords} from './words.ts'

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

/** The capability that a word of `CapabilityBoundingSet=` names, in any case; undefined for what systemd skips in silence. */
export function capabilityNamed(word: string): string | undefined {
  const name = word.toUpperCase()
  return numbers.has(name) ? name : undefined
}

/** The value of a key that nothing has been assigned to: everything for the bounding set, nothing for the ambient one. */
export function untouchedCapabilities(key: CapabilityKey, version: number): CapabilitySet {
  if (key === 'AmbientCapabilities') return 0n
  return version >= 259 ? unsetBits : allBits
}

/**
 * The set after one more line (systemd.exec(5), "CapabilityBoundingSet=").
 *
 * Words replace an untouched set and add to any other; behind `~` they are taken away. Unknown words count as no words,
 * and a line without words makes the set empty.
 */
export function applyCapabilities(key: CapabilityKey, current: CapabilitySet, value: string, version: number): Parsed<CapabilitySet> {
  if (value === '') return {value: 0n}
  const inverted = value.startsWith('~')
  const words = wordSet(inverted ? value.slice(1) : value, version)
  if (words === 0n || current === untouchedCapabilities(key, version)) {
    return {value: inverted ? (version >= 259 ? allKnown : allBits) & ~words : words}
  }
  return {value: inverted ? current & ~words : current | words}
}

function wordSet(text: string, version: number): CapabilitySet {
  const {words, fault} = splitWords(text, 'quotes')
  let set = 0n
  for (const {text: word} of words) set |= wordBit(word, version)
  if (fault && version >= 254) set |= wordBit(fault.word.text, version)
  return set
}

/** Whether a word of `CapabilityBoundingSet=` is a capability, by name or number: systemd skips others in silence. */
export function isCapability(word: string, version: number): boolean {
  return wordBit(word, version) !== 0n
}

function wordBit(word: string, version: number): CapabilitySet {
  const number = numbers.get(word.toUpperCase()) ?? parseInteger(word) ?? -1
  return number >= 0 && number <= (version >= 253 ? 62 : 63) ? 1n << BigInt(number) : 0n
}
