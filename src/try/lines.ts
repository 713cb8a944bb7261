import type {NewLine} from '../engine/anchors.ts'
import {capabilitiesIn, untouchedCapabilities} from '../values/capabilities.ts'
import type {Unit} from '../rule/unit.ts'
import {otherFamilies, usualFamilies} from './candidate.ts'
import type {Candidate} from './candidate.ts'

/** The lines of `[Service]`, for the end of a unit, that say what some candidates say together. */
export function serviceLines(all: readonly Candidate[], unit: Unit): readonly NewLine[] {
  const lines = new Map<string, NewLine>()
  const put = ([key, value]: NewLine): void => void lines.set(`${key}=${value}`, [key, value])
  const members = new Map<string, string[]>()
  for (const {key, value, member, besides} of all) {
    for (const line of besides) put(line)
    if (member === undefined) put([key, value])
    else members.set(key, [...(members.get(key) ?? []), member])
  }
  for (const [key, taken] of members) for (const line of without(key, taken, unit)) put(line)
  return [...lines.values()].toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
}

/** Lines that take members out of a list, as one would write them. */
function without(key: string, taken: readonly string[], unit: Unit): readonly NewLine[] {
  const isUnset = unit.values(key).length === 0
  const gone: NewLine = [key, `~${taken.join(' ')}`]
  switch (key) {
    case 'CapabilityBoundingSet': {
      const left = capabilitiesIn(unit.settings.CapabilityBoundingSet.value).filter(
        (name) => !taken.includes(name),
      )
      if (left.length === 0) return [[key, '']]
      const isWhole =
        isUnset &&
        unit.settings.CapabilityBoundingSet.value ===
          untouchedCapabilities(key, unit.target.version)
      return isWhole && left.length < taken.length ? [[key, left.join(' ')]] : [gone]
    }
    case 'RestrictAddressFamilies': {
      if (!taken.includes(otherFamilies)) return [gone]
      const left = usualFamilies.filter((name) => !taken.includes(name))
      return [[key, left.length === 0 ? 'none' : left.join(' ')]]
    }
    case 'RestrictNamespaces':
      return isUnset && taken.length >= 7 ? [[key, 'yes']] : [gone]
    default:
      return [gone]
  }
}
