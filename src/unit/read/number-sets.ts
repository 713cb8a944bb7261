import type {ValueFacts} from '../../facts/directives.ts'
import {contextWith} from '../../values/context.ts'
import {cpuSet} from '../../values/cpu.ts'
import {meaningOf} from '../../values/fault.ts'
import type {Assignment, AssignmentSource} from '../unit.ts'
import type {Placing} from './placing.ts'

/**
 * What a line of processors or memory nodes does: it adds to those before it, unless it is for the
 * processors of the memory nodes (systemd.exec(5), "CPUAffinity="). Seen in the dumps of 247, 252,
 * 254, 257 and 262, and what becomes of `numa` in their managers of users.
 */
export function changeOfNumbers(
  {section, key, value}: Assignment,
  place: string,
  facts: ValueFacts,
  unit: AssignmentSource,
): Placing {
  const isByWord = unit.target.version >= 258
  const ofNodes = `${place}/numa`
  const clears = key === 'CPUAffinity' ? [ofNodes] : []
  const numbers = meaningOf(cpuSet, value, contextWith(facts, unit, section))
  switch (numbers) {
    case 'keyword':
      return key === 'CPUAffinity'
        ? {clears: [place], places: [ofNodes]}
        : {clears: [emptyIn(place)], places: [place]}
    case 'nothing':
      return {clears: isByWord ? clears : [place], places: []}
    case 'none':
    case undefined:
      return isByWord || !withoutMembers.has(key)
        ? {clears, places: []}
        : {clears, places: [], emptySet: place}
    default:
      return {clears: [...clears, emptyIn(place)], places: [place]}
  }
}

/** Where a set is kept that has no members, which is not the same as none. */
export function emptyIn(place: string): string {
  return `${place}/empty`
}

/** Directives for which a set without members is not the same as none. */
const withoutMembers: ReadonlySet<string> = new Set(['CPUAffinity', 'NUMAMask'])
