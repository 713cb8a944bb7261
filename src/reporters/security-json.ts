import type {Row} from '../security/index.ts'
import {printableJson} from './printable.ts'

/** How to write JSON: on one line, or indented. */
export type JsonStyle = 'short' | 'pretty'

/** A unit with the rows of its table. */
export interface SecurityRows {
  readonly path: string
  readonly rows: readonly Row[]
}

/**
 * Rows as `systemd-analyze security --json` has them: an array for one unit, an object from path to
 * rows for several.
 */
export function securityJson(
  units: readonly SecurityRows[],
  several: boolean,
  style: JsonStyle,
): string {
  const [first] = units
  const value = several
    ? Object.fromEntries(units.map(({path, rows}) => [path, rows.map(rowObject)]))
    : first?.rows.map(rowObject)
  return writeJson(value, style)
}

/** A value as JSON, as one would have it. */
export function writeJson(value: unknown, style: JsonStyle): string {
  return printableJson(value, style === 'pretty' ? 2 : undefined)
}

function rowObject({set, name, jsonField, description, exposure}: Row): object {
  return {set, name, json_field: jsonField, description, exposure}
}
