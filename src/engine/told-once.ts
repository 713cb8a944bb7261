import {rowOf} from '../facts/sandboxing/rows.ts'
import type {Located} from './check.ts'

/**
 * Findings without those that tell of a mistake that another one tells of, and, where systemd does
 * not load the unit, without what would harden it: that is asked for once it loads.
 */
export function toldOnce(all: readonly Located[]): Located[] {
  const isRefused = isToldRefused(all)
  const asked = isRefused ? all.filter((one) => !isAskingToHarden(one)) : [...all]
  const [plain, doubled] = [asked.filter((one) => !isWeak(one)), asked.filter(isWeak)]
  // Of two that would leave it to each other one stays.
  const left = new Set([...plain, ...doubled])
  for (const one of doubled) {
    left.delete(one)
    if (![...left].some((other) => tellsOfSame(other, one))) left.add(one)
  }
  return asked.filter((one) => left.has(one))
}

/** Whether it may be left to others. */
function isWeak({unlessTold = []}: Located): boolean {
  return unlessTold.length > 0
}

/** Whether a problem is told for which systemd does not load the unit. */
export function isToldRefused(all: readonly Located[]): boolean {
  return all.some(({isRefusal, severity}) => isRefusal && severity > 0)
}

/** Whether a rule asks for a directive of the sandboxing, after which it is called then. */
function isAskingToHarden({ruleId, directives: [first = '']}: Located): boolean {
  const name = ruleId.slice(ruleId.lastIndexOf('/') + 1).replaceAll('-', '')
  return name === first.toLowerCase() && rowOf(first) !== undefined
}

function tellsOfSame(other: Located, {severity, unlessTold = []}: Located): boolean {
  return (
    other.severity >= severity &&
    unlessTold.some(
      ({file, span: {start, end}}) =>
        other.file === file && other.span.start <= end && start <= other.span.end,
    )
  )
}
