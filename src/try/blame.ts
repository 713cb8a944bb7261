import type {Cause} from '../doctor/diagnose.ts'
import type {Candidate} from './candidate.ts'

/** The line that is first to blame for what a log says, of some that were tried. */
export function blamedAmong(
  tried: readonly Candidate[],
  causes: readonly Cause[],
): Candidate | undefined {
  for (const {suspect, needed, symptom} of causes) {
    const its = tried.filter(({key}) => key === suspect.key)
    const [only, ...others] = its
    if (only && others.length === 0) return only
    const told = new Set<string>([
      ...needed,
      ...(symptom.message.match(/\b(?:CAP|AF)_[A-Z0-9_]+\b/g) ?? []),
    ])
    const named = its.filter(({member = ''}) => told.has(member))
    if (named.length === 1) return named[0]
  }
  return undefined
}
