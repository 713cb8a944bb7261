import {parse} from '../../syntax/parse.ts'
import type {UnitTree} from '../../syntax/tree.ts'

/** What a drop-in says of itself in comments. */
export interface DropInNotes {
  /**
   * The first line of one that is not there yet, or is as its last writer left it; absent: the
   * first line stays.
   */
  readonly opening?: string | undefined
  /** Why a rule wants what it wants, in a sentence. */
  readonly whyOf: (ruleId: string) => string | undefined
}

/** A fix that wrote lines, and who vouches for it. */
export interface Noted {
  readonly ruleId: string
  readonly by: string
  /** The directives of its lines. */
  readonly keys: ReadonlySet<string>
}

/** How the first line begins of all drop-ins that this version writes. */
export const openingStart = '# Written by unitlint '

/**
 * The text of a drop-in with a comment above each line that a fix wrote: the rule, why, and who
 * vouches for it. What was there before stays.
 */
export function withNotes(
  before: string,
  after: string,
  fixes: readonly Noted[],
  {opening, whyOf}: DropInNotes,
): string {
  const left = linesOf(parse(before))
  const {lineEnd} = parse(after)
  const noted = new Set<string>()
  const lines: string[] = []
  for (const line of after.split(/(?<=\n)/)) {
    const key = /^\s*([^#;=\s]+)\s*=/.exec(line)?.[1]
    const fix = key === undefined ? undefined : fixes.find(({keys}) => keys.has(key))
    const known = left.get(line.trim()) ?? 0
    left.set(line.trim(), known - 1)
    if (fix && known < 1 && !noted.has(fix.ruleId)) {
      noted.add(fix.ruleId)
      // What was said of another value does not hold for this one.
      if (lines.at(-1)?.startsWith(`# ${fix.ruleId}: `)) lines.pop()
      const words = [whyOf(fix.ruleId), fix.by].filter((part) => part !== undefined && part !== '')
      lines.push(`# ${fix.ruleId}: ${oneLine(words.join('; '))}${lineEnd}`)
    }
    lines.push(line)
  }
  const text = lines.join('')
  return opening === undefined ? text : reopened(text, opening, lineEnd)
}

/** The text of a drop-in with another first line, if that says who wrote it. */
export function reopened(text: string, opening: string, lineEnd = '\n'): string {
  const first = /^# Written by [^\n]*\n/.exec(text)?.[0]
  return first === undefined ? text : opening + lineEnd + text.slice(first.length)
}

/** The lines of a file, each with how often it stands there. */
function linesOf({text}: UnitTree): Map<string, number> {
  const lines = new Map<string, number>()
  for (const line of text.split('\n')) lines.set(line.trim(), (lines.get(line.trim()) ?? 0) + 1)
  return lines
}

/** Words that quote a unit, or that somebody typed, fit for a comment. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
