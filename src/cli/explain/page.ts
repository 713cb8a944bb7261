import {printable} from '../../reporters/printable.ts'
import {wrap} from '../../reporters/wrap.ts'

/** How to set text. */
export interface Page {
  /** Columns. */
  readonly width: number
  readonly heading: (text: string) => string
}

/** A line of a table. */
export type Row = readonly [label: string, text: string]

/** Lines below a title, an empty line before it; nothing where there are none. */
export function block(title: string, lines: readonly string[], {heading}: Page): string[] {
  return lines.length === 0 ? [] : ['', heading(`${title}:`), ...lines]
}

/** Text, perhaps of somebody's plugin, in lines. */
export function paragraph(text: string, {width}: Page, indent = ''): string[] {
  return wrap(printable(text.trim().replaceAll(/\s+/g, ' ')).split(' '), width - indent.length).map((line) => indent + line)
}

/** Labels in a column, and beside them their text in lines. */
export function table(rows: readonly Row[], page: Page, indent = ''): string[] {
  const widest = rows.reduce((most, [label]) => Math.max(most, label.length), 0)
  const column = Math.min(widest + 2, 30, Math.floor(page.width / 2))
  return rows.flatMap(([label, text]) => {
    const lines = paragraph(text, page, indent + ' '.repeat(column))
    const name = indent + printable(label)
    const [first = '', ...rest] = lines
    if (name.length >= indent.length + column) return [...paragraph(label, page, indent), ...lines]
    return text === '' ? [name] : [name + first.slice(name.length), ...rest]
  })
}
