import {asksToHarden} from './asks-to-harden.ts'
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
      const sorted = its.toSorted((one, other) => one.span.start - other.span.start)
      let furthest = 0
      const ends = sorted.map(({span}) => (furthest = Math.max(furthest, span.end)))
      return [file, {sorted, ends}] as const
    }),
  )
  return ({file, span: {start, end}}, isSuch) => {
    const {sorted = [], ends = []} = rows.get(file) ?? {}
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle]?.span.start ?? 0) <= end) low = middle + 1
      else high = middle
    }
    for (let index = low - 1; index >= 0 && (ends[index] ?? 0) >= start; index--) {
      const one = sorted[index]
      if (one && one.span.end >= start && isSuch(one)) return true
    }
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
