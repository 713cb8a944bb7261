import {tableFor} from '../../facts/ranges.ts'
import type {Complaint} from './complaint.ts'
import type {ValueContext} from '../../values/fault.ts'

/**
 * What systemd says about an assignment whatever its value is: that the directive is without
 * effect, for other units, or replaced, or that it stands here too often. With an effect other than
 * `notice`, the value is not looked at.
 */
export function complaintOfUse(
  context: ValueContext,
): Pick<Complaint, 'kind' | 'effect'> | undefined {
  const {facts, version} = context
  if (facts.removedSince !== undefined && facts.removedSince <= version)
    return {kind: 'removed-directive', effect: 'line'}
  if (facts.unsupportedInThisSection) return {kind: 'unsupported-directive', effect: 'line'}
  if (facts.obsolete === true) return {kind: 'deprecated-directive', effect: 'notice'}
  if (facts.repeat === 'first' && context.memory.has(placeOf(context)))
    return {kind: 'repeated', effect: 'line'}
  return undefined
}

/** Remember an assignment whose value was taken, where that matters for later lines. */
export function remember(value: string, context: ValueContext): void {
  const {facts, memory} = context
  if (facts.repeat === 'first') memory.add(placeOf(context))
  if (facts.key !== 'CPUSchedulingPolicy') return
  for (const policy of realTimePolicies) memory.delete(`CPUSchedulingPolicy=${policy}`)
  memory.add(`CPUSchedulingPolicy=${realTimePolicies[Number(value) - 1] ?? value}`)
}

/** By number, from 1. */
const realTimePolicies = ['fifo', 'rr']

function placeOf({section, facts}: ValueContext): string {
  return `${section}.${facts.key}`
}

/** What an empty value does, if systemd complains of it. */
export function complaintOfEmpty({
  facts,
  version,
}: Pick<ValueContext, 'facts' | 'version'>): 'line' | 'unit' | undefined {
  const byVersion = facts.emptyByVersion
  if (byVersion)
    return byVersion[String(tableFor(version, Object.keys(byVersion).map(Number)))] === 'warns'
      ? 'line'
      : undefined
  if (facts.emptyAssignment === 'refuses the unit') return 'unit'
  // What was without effect when it was tried was judged like its like before.
  if (facts.emptyAssignment === undefined && facts.removedSince !== undefined)
    return facts.type === 'boolean' ? 'line' : undefined
  return facts.emptyAssignment === 'rejected with a warning' ? 'line' : undefined
}
