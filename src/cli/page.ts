import type {Page, Part, Row} from '../explain/page.ts'
import {printable} from '../reporters/printable.ts'
import {wrap} from '../reporters/wrap.ts'

/** How to set text. */
export interface Setting {
  /** Columns. */
  readonly width: number
  readonly heading: (text: string) => string
}

/** A page in lines, its parts apart. */
export function pageLines(page: Page, setting: Setting): string[] {
  return page.flatMap((part, index) => {
    const isApart = index > 0 && page[index - 1]?.kind !== 'heading'
    return [...(isApart ? [''] : []), ...partLines(part, setting)]
  })
}

function partLines(part: Part, setting: Setting): string[] {
  switch (part.kind) {
    case 'heading':
      return [setting.heading(printable(part.text))]
    case 'text':
      return paragraph(part.text, setting)
    case 'table':
      return part.title === undefined
        ? table(part.rows, setting)
        : [title(part.title, setting), ...table(part.rows, setting, '  ')]
    case 'list':
      return [
        title(part.title, setting),
        ...part.items.flatMap((item) => paragraph(item, setting, '  ')),
      ]
    case 'code':
      return [title(part.title, setting), ...part.lines.map((line) => `  ${printable(line)}`)]
  }
}

function title(text: string, {heading}: Setting): string {
  return heading(`${text}:`)
}

/** Text, perhaps of somebody's plugin, in lines. */
function paragraph(text: string, {width}: Setting, indent = ''): string[] {
  return wrap(printable(text.trim().replaceAll(/\s+/g, ' ')), width - indent.length).map(
    (line) => indent + line,
  )
}

/** Labels in a column, and beside them their text in lines. */
export function table(rows: readonly Row[], setting: Setting, indent = ''): string[] {
  const widest = rows.reduce((most, [label]) => Math.max(most, label.length), 0)
  const column = Math.min(widest + 2, 30, Math.floor(setting.width / 2))
  return rows.flatMap(([label, text]) => {
    const lines = paragraph(text, setting, indent + ' '.repeat(column))
    const name = indent + printable(label)
    const [first = '', ...rest] = lines
    if (name.length >= indent.length + column)
      return [...paragraph(label, setting, indent), ...lines]
    return text === '' ? [name] : [name + first.slice(name.length), ...rest]
  })
}
