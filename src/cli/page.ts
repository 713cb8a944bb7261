import type {Page, PageBlock, TableRow} from '../explain/page.ts'
import {printable} from '../reporters/printable.ts'
import {wrap} from '../reporters/wrap.ts'

/** How to set text. */
export interface Typesetting {
  /** Columns. */
  readonly width: number
  readonly heading: (text: string) => string
}

/** A page in lines, its parts apart. */
export function pageLines(page: Page, typesetting: Typesetting): string[] {
  return page.flatMap((part, index) => {
    const isApart = index > 0 && page[index - 1]?.kind !== 'heading'
    return [...(isApart ? [''] : []), ...partLines(part, typesetting)]
  })
}

function partLines(part: PageBlock, typesetting: Typesetting): string[] {
  switch (part.kind) {
    case 'heading':
      return [typesetting.heading(printable(part.text))]
    case 'text':
      return paragraph(part.text, typesetting)
    case 'table':
      return part.title === undefined
        ? table(part.rows, typesetting)
        : [title(part.title, typesetting), ...table(part.rows, typesetting, '  ')]
    case 'list':
      return [
        title(part.title, typesetting),
        ...part.items.flatMap((item) => paragraph(item, typesetting, '  ')),
      ]
    case 'code':
      return [title(part.title, typesetting), ...part.lines.map((line) => `  ${printable(line)}`)]
  }
}

function title(text: string, {heading}: Typesetting): string {
  return heading(`${text}:`)
}

/** Text, perhaps of somebody's plugin, in lines. */
function paragraph(text: string, {width}: Typesetting, indent = ''): string[] {
  return wrap(printable(text.trim().replaceAll(/\s+/g, ' ')), width - indent.length).map(
    (line) => indent + line,
  )
}

/** Labels in a column, and beside them their text in lines. */
export function table(rows: readonly TableRow[], typesetting: Typesetting, indent = ''): string[] {
  const widest = rows.reduce((most, [label]) => Math.max(most, label.length), 0)
  const column = Math.min(widest + 2, 30, Math.floor(typesetting.width / 2))
  return rows.flatMap(([label, text]) => {
    const lines = paragraph(text, typesetting, indent + ' '.repeat(column))
    const name = indent + printable(label)
    const [first = '', ...rest] = lines
    if (name.length >= indent.length + column)
      return [...paragraph(label, typesetting, indent), ...lines]
    return text === '' ? [name] : [name + first.slice(name.length), ...rest]
  })
}
