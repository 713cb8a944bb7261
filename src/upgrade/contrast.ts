import {capabilitiesIn} from '../values/capabilities.ts'

/**
 * How one value differs from another: a word from a word, or what a set has lost and won, listed.
 */
export type Contrast =
  | {readonly from: string; readonly to: string}
  | {readonly lost: string; readonly won: string}

/**
 * How one value of a setting differs from another; undefined where they are the same. What is a set
 * is compared as one.
 */
export function contrastOf(before: unknown, after: unknown): Contrast | undefined {
  const [was, is] = [partsOf(before), partsOf(after)]
  const [had, has] = [new Set(was), new Set(is)]
  const [lost, won] = [was.filter((part) => !has.has(part)), is.filter((part) => !had.has(part))]
  if (lost.length === 0 && won.length === 0) return undefined
  return was.length <= 1 && is.length <= 1
    ? {from: was[0] ?? '', to: is[0] ?? ''}
    : {lost: listed(lost), won: listed(won)}
}

/** More of them are counted. */
const most = 12

function listed(parts: readonly string[]): string {
  const shown = parts.slice(0, most).map((part) => `\`${part}\``)
  return parts.length > most
    ? `${shown.join(', ')} and ${parts.length - most} more`
    : shown.join(', ')
}

/** A value as a list of texts: the members of lists and sets, the entries of maps and records. */
function partsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((part: unknown) => textOf(part))
  if (typeof value === 'bigint') return capabilitiesIn(value)
  if (value instanceof Set) return [...value].map(textOf)
  if (value instanceof Map)
    return [...value].map(([key, its]: [unknown, unknown]) =>
      its === undefined ? textOf(key) : `${textOf(key)}:${textOf(its)}`,
    )
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, its]) =>
      isMany(its) ? partsOf(its) : [`${key}=${textOf(its)}`],
    )
  return [textOf(value)]
}

function isMany(value: unknown): boolean {
  return value instanceof Set || value instanceof Map || Array.isArray(value)
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return partsOf(value).join(' ')
  return String(value)
}
