import stringWidth from 'fast-string-width'
import type {Paint} from './exposure.ts'
import type {List, Row} from './rows.ts'
import {wrap} from './wrap.ts'

/** How to break the text of any of some rows into lines, given that vfile-reporter puts place, level, text and rule into columns. */
export function layout(rows: readonly Row[], columns: number, paint: Paint): (row: Row) => string {
  const widest = (cell: (row: Row) => string): number => rows.reduce((width, row) => Math.max(width, stringWidth(cell(row))), 0)
  const indentation = widest(placeWords) + 1 + widest(({level}) => level) + 1
  const ruleWidth = widest(({ruleId}) => (ruleId === undefined ? '' : ` ${ruleId}`))
  const width = Math.max(columns - indentation, 30)
  const firstWidth = Math.max(width - ruleWidth, 30)
  return ({text, lists}) => {
    const [first = '', ...others] = wrap(text.split(' '), width, firstWidth)
    const below = [...others.map((line) => paint('bold', line)), ...lists.flatMap((list) => listLines(list, width, paint))]
    return [first, ...below.map((line) => ' '.repeat(indentation) + line)].join('\n')
  }
}

function listLines({label, items}: List, width: number, paint: Paint): string[] {
  const hanging = '  '
  const room = width - hanging.length
  const pieces = items
    .map((item, index) => (index < items.length - 1 ? `${item},` : item))
    .flatMap((item) => (stringWidth(item) > room ? item.split(' ') : [item]))
  const [first = '', ...others] = wrap([label, ...pieces], room)
  return [label + (first === label ? '' : paint('cyan', first.slice(label.length))), ...others.map((line) => hanging + paint('cyan', line))]
}

function placeWords({place}: Row): string {
  return place ? `${place.start.line}:${place.start.column}-${place.end.line}:${place.end.column}` : ''
}
