import type {Level, SandboxingRow} from './sandboxing/row.ts'
import {rows} from './sandboxing/rows.ts'

/**
 * The values of a directive by strictness, weakest level first, as that systemd takes them; the first
 * of a level is how to write it. Empty for a directive whose values have no order.
 */
export function strictness(directive: string, version: number): ReadonlyArray<readonly string[]> {
  let tables = byVersion.get(version)
  if (!tables) byVersion.set(version, (tables = tablesOf(version)))
  return tables.get(directive) ?? none
}

const byVersion = new Map<number, ReadonlyMap<string, ReadonlyArray<readonly string[]>>>()
const none: ReadonlyArray<readonly string[]> = []

function tablesOf(version: number): ReadonlyMap<string, ReadonlyArray<readonly string[]>> {
  return new Map(
    Object.entries<SandboxingRow>(rows).flatMap(([directive, row]) =>
      row.holds === 'word' ? [[directive, row.levels.map((level) => wordsIn(level, version)).filter((words) => words.length > 0)] as const] : [],
    ),
  )
}

/** How strict a value is: the index of its level, -1 for a value that is not ordered. */
export function strictnessOf(directive: string, value: string, version: number): number {
  return strictness(directive, version).findIndex((level) => level.includes(value))
}

function wordsIn({words}: Level, version: number): string[] {
  return Object.keys(words).filter((word) => version >= (words[word] ?? 0))
}
