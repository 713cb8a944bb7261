import {asksToHarden} from './asks-to-harden.ts'
import {countFirst} from '../syntax/ordered.ts'
import type {Located} from './check.ts'

/**
 * Findings without those that tell of a mistake that another one tells of, and, where systemd does
 * not load the unit, without what would harden it: that is asked for once it loads.
 */
export function toldOnce(all: readonly Located[]): Located[] {
  const isRefused = isToldRefused(all)
  const asked = isRefused
    ? all.filter(({ruleId: id, directives}) => !asksToHarden({id, directives}))
    : [...all]
  const doubled = asked.filter(isWeak)
  if (doubled.length === 0) return asked
  const left = new Set(asked)
  const tellersAt = byPlace(asked)
  // Of two that would leave it to each other one stays.
  for (const one of doubled) {
    left.delete(one)
    const {severity, unlessTold = []} = one
    const isTeller = (other: Located): boolean => left.has(other) && other.severity >= severity
    if (!unlessTold.some((place) => tellersAt(place, isTeller))) left.add(one)
  }
  return asked.filter((one) => left.has(one))
}

type PlaceInFile = Pick<Located, 'file' | 'span'>

/** How to find whether one of some findings that touch a place is such as is asked for. */
function byPlace(
  all: readonly Located[],
): (place: PlaceInFile, isSuch: (one: Located) => boolean) => boolean {
  const byFile = new Map<Located['file'], Located[]>()
  for (const one of all) {
    const its = byFile.get(one.file)
    if (its) its.push(one)
    else byFile.set(one.file, [one])
  }
  // By where they start, each with the furthest end of it and of those before.
  const rows = new Map(
    [...byFile].map(([file, its]) => {
      let furthest = 0
      const sorted = its.toSorted((one, other) => one.span.start - other.span.start)
      return [
        file,
        sorted.map((one) => ({one, furthest: (furthest = Math.max(furthest, one.span.end))})),
      ]
    }),
  )
  return ({file, span: {start, end}}, isSuch) => {
    const its = rows.get(file) ?? []
    let at = countFirst(its, ({one}) => one.span.start <= end)
    for (let row = its[--at]; row && row.furthest >= start; row = its[--at])
      if (row.one.span.end >= start && isSuch(row.one)) return true
    return false
  }
}

/** Whether it may be left to others. */
function isWeak({unlessTold = []}: Located): boolean {
  return unlessTold.length > 0
}

/** Whether a problem is told for which systemd does not load the unit. */
export function isToldRefused(all: readonly Located[]): boolean {
  return all.some(({isRefusal, severity}) => isRefusal && severity > 0)
}
