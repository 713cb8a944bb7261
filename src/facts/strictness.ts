import type {Level} from './sandboxing/row.ts'
import {rowOf} from './sandboxing/rows.ts'

/**
 * The values of a directive by strictness, weakest level first, as that systemd takes them; the
 * first of a level is how to write it. Empty for a directive whose values have no order.
 */
export function strictness(directive: string, version: number): ReadonlyArray<readonly string[]> {
  let byDirective = byVersion.get(version)
  if (!byDirective)
    byVersion.set(version, (byDirective = new Map<string, ReadonlyArray<readonly string[]>>()))
  const known = byDirective.get(directive)
  if (known) return known
  const row = rowOf(directive)
  const levels =
    row?.holds === 'word'
      ? row.levels.map((level) => wordsIn(level, version)).filter((words) => words.length > 0)
      : []
  // Names that have no row are any text.
  if (row) byDirective.set(directive, levels)
  return levels
}

const byVersion = new Map<number, Map<string, ReadonlyArray<readonly string[]>>>()

/** How strict a value is: the index of its level, -1 for a value that is not ordered. */
export function strictnessOf(directive: string, value: string, version: number): number {
  return strictness(directive, version).findIndex((level) => level.includes(value))
}

function wordsIn({words}: Level, version: number): string[] {
  return Object.keys(words).filter((word) => version >= (words[word] ?? 0))
}
