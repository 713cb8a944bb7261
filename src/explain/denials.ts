import {access} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {denials} from '../needs/denials.ts'
import {plainContext} from '../needs/denial-context.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {strictness} from '../facts/strictness.ts'
import {newestVersion} from '../facts/targets.ts'

/** Values that protect alike. */
export interface LevelInWords {
  readonly values: readonly string[]
  /** What a service of root with nothing else set cannot do then; completes "a service that". */
  readonly denies: string
}

/**
 * The values of a directive from weak to strong, with what each denies; of one without an order
 * some that one would think of.
 */
export function levelsInWords(directive: string): LevelInWords[] {
  const row = rowOf(directive)
  if (!row) return []
  const ordered =
    row.holds === 'word'
      ? strictness(directive, newestVersion)
      : row.samples.map((value) => [value])
  const known = ordered.map((values) => ({values, ids: denied(directive, values[0] ?? '')}))
  return known.map(({values, ids}, index) => ({
    values,
    denies: told(ids, known[index - 1]?.ids ?? []),
  }))
}

/** What one value denies. */
export function denialsOf(directive: string, value: string): readonly string[] {
  return titles(denied(directive, value))
}

function denied(directive: string, value: string): readonly AccessId[] {
  const ids = denials(directive, value, {...plainContext, version: newestVersion})
  return ids[0] === 'unknown-effect' ? [] : ids
}

/**
 * Titles of accesses; those of the level before are not told again where all of them are in this
 * one.
 */
function told(ids: readonly AccessId[], before: readonly AccessId[]): string {
  const isMore = before.length > 0 && before.every((id) => ids.includes(id))
  return (
    isMore ? ['the same', ...titles(ids.filter((id) => !before.includes(id)))] : titles(ids)
  ).join('; ')
}

/** At most so many capabilities are told by name. */
const named = 6

function titles(ids: readonly AccessId[]): string[] {
  const capabilities = ids.filter((id) => id.startsWith('CAP_'))
  const calls = ids.filter((id) => id.startsWith('@'))
  const others = ids.filter((id) => !id.startsWith('CAP_') && !id.startsWith('@'))
  return [
    ...others.map((id) => access(id).title),
    ...(capabilities.length > named
      ? [`uses any of ${capabilities.length} capabilities`]
      : joined('uses', capabilities)),
    ...joined('makes system calls of', calls),
  ]
}

function joined(verb: string, ids: readonly AccessId[]): string[] {
  return ids.length === 0 ? [] : [`${verb} ${ids.map((id) => `\`${id}\``).join(', ')}`]
}
