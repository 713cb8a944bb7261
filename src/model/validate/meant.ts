import type {Validator, ValueContext} from './fault.ts'

/** A spelling that is plainly meant instead of a bad value; undefined when it is no better. */
export function plainly(candidate: string | undefined, value: string, validator: Validator, context: ValueContext): string | undefined {
  if (candidate === undefined || candidate === value || candidate === '' || candidate.length > longest) return undefined
  for (const {effect} of validator(candidate, context)) if (effect !== 'notice') return undefined
  return candidate
}

/** A value without what looks like a comment behind it; systemd knows none there (systemd.syntax(7)). */
export function withoutComment(value: string): string {
  const [before] = /^[^#;]*?(?=[ \t]+[#;])/.exec(value.slice(0, longest)) ?? []
  return before ?? value
}

/** Nobody means what is longer. */
const longest = 1000
