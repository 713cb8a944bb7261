import {columnWidths, padded, widest} from './width.ts'
import {formatExposure} from '../security/index.ts'
import type {Row} from '../security/index.ts'
import {totalWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import {pastable, printable} from './printable.ts'

/**
 * A description longer than this is cut: it quotes lists that the unit may make as long as it
 * likes.
 */
const longest = 160

/**
 * The exposure table of a unit for people, and its total: `→ Overall exposure level for a.service:
 * 9.2 UNSAFE`.
 */
export function securityTable(
  name: string,
  rows: readonly Row[],
  total: number,
  paint: Paint,
): string {
  const cells = rows.map(({set, name: row, description, exposure}) => ({
    mark: set === null ? ' ' : set ? paint('green', '✓') : paint('red', '✗'),
    row,
    description: shorten(printable(description)),
    exposure: exposure ?? '',
  }))
  const nameWidth = widest(cells.map(({row}) => row))
  const descriptionWidth = widest(cells.map(({description}) => description))
  const lines = cells.map(({mark, row, description, exposure}) =>
    `${mark} ${padded(row, nameWidth)} ${padded(description, descriptionWidth)} ${exposure.padStart('EXPOSURE'.length)}`.trimEnd(),
  )
  const heading = paint(
    'bold',
    `  ${padded('NAME', nameWidth)} ${padded('DESCRIPTION', descriptionWidth)} EXPOSURE`,
  )
  return [
    heading,
    ...lines,
    '',
    `→ Overall exposure level for ${printable(name)}: ${totalWords(total, paint)}`,
  ].join('\n')
}

/** A unit in a list of several. */
export interface ListedUnit {
  readonly path: string
  /** In tenths. */
  readonly total: number
  /** Whether it is enabled, where that can be known. */
  readonly enabled: string | undefined
  readonly user: string
  /** What it is open to from elsewhere. */
  readonly listens: string
}

/** Units by exposure, the worst first, up to so many. */
export function totalsTable(
  units: readonly ListedUnit[],
  paint: Paint,
  top: number | undefined,
): string {
  const sorted = units
    .toSorted((one, other) => other.total - one.total || (one.path < other.path ? -1 : 1))
    .slice(0, top)
  const isKnown = sorted.some(({enabled}) => enabled !== undefined)
  const cells = sorted.map(({path, enabled, user, listens}) => [
    ...(isKnown ? [enabled ?? '-'] : []),
    printable(user),
    listens,
    printable(pastable(path)),
  ])
  const heading = [...(isKnown ? ['ENABLED'] : []), 'USER', 'LISTENS', 'UNIT']
  const widths = columnWidths(heading, cells)
  const columns = (row: readonly string[] = []): string =>
    row
      .map((cell, index) => padded(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  const lines = sorted.map(
    ({total}, index) =>
      `${' '.repeat(4 - formatExposure(total).length)}${totalWords(total, paint, 9)} ${columns(cells[index])}`,
  )
  const rest = units.length - sorted.length
  return [
    paint('bold', `${units.length} units, the worst ${rest > 0 ? `${sorted.length} ` : ''}first:`),
    ...(sorted.length === 0 ? [] : [paint('bold', `EXPOSURE${' '.repeat(7)}${columns(heading)}`)]),
    ...lines,
  ].join('\n')
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length <= longest ? text : `${characters.slice(0, longest).join('')}…`
}
