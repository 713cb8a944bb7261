import stringWidth from 'fast-string-width'
import {formatExposure} from '../security/index.ts'
import type {Row} from '../security/index.ts'
import {totalWords} from './exposure.ts'
import type {Paint} from './exposure.ts'
import {pastable, printable} from './printable.ts'

/** A description longer than this is cut: it quotes lists that the unit may make as long as it likes. */
const longest = 160

/** The exposure table of a unit for people, and its total: `→ Overall exposure level for a.service: 9.2 UNSAFE`. */
export function securityTable(name: string, rows: readonly Row[], total: number, paint: Paint): string {
  const cells = rows.map(({set, name: row, description, exposure}) => ({
    mark: set === null ? ' ' : set ? paint('green', '✓') : paint('red', '✗'),
    row,
    description: shorten(printable(description)),
    exposure: exposure ?? '',
  }))
  const nameWidth = widest(cells.map(({row}) => row))
  const descriptionWidth = widest(cells.map(({description}) => description))
  const lines = cells.map(({mark, row, description, exposure}) =>
    `${mark} ${pad(row, nameWidth)} ${pad(description, descriptionWidth)} ${exposure.padStart('EXPOSURE'.length)}`.trimEnd(),
  )
  const heading = paint('bold', `  ${pad('NAME', nameWidth)} ${pad('DESCRIPTION', descriptionWidth)} EXPOSURE`)
  return [heading, ...lines, '', `→ Overall exposure level for ${printable(name)}: ${totalWords(total, paint)}`].join('\n')
}

/** Units by exposure, the worst first; takes paths and tenths. */
export function totalsTable(totals: ReadonlyArray<{readonly path: string; readonly total: number}>, paint: Paint): string {
  const sorted = totals.toSorted((one, other) => other.total - one.total || (one.path < other.path ? -1 : 1))
  const lines = sorted.map(({path, total}) => `${' '.repeat(4 - formatExposure(total).length)}${totalWords(total, paint, 9)} ${printable(pastable(path))}`)
  return [paint('bold', `${totals.length} units, the worst first:`), ...lines].join('\n')
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length <= longest ? text : `${characters.slice(0, longest).join('')}…`
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - stringWidth(text), 0))
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, stringWidth(text)), 0)
}
