import type {Page, PageBlock} from './page.ts'

/** A page as Markdown, as editors show it; what a unit says in it stays text. */
export function markdown(page: Page): string {
  return page.map(part).join('\n\n')
}

function part(its: PageBlock): string {
  switch (its.kind) {
    case 'heading':
      return `### ${plain(its.text)}`
    case 'text':
      return plain(its.text)
    case 'table':
      return titled(
        its.title,
        list(its.rows.map(([label, text]) => `**${plain(label)}** ${plain(text)}`)),
      )
    case 'list':
      return titled(its.title, list(its.items.map(plain)))
    case 'code':
      return titled(its.title, its.lines.map((line) => `    ${line}`).join('\n'))
  }
}

function titled(title: string | undefined, text: string): string {
  return title === undefined ? text : `${plain(title)}:\n\n${text}`
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.trimEnd()}`).join('\n')
}

/** Words of ours and of units as one line of text: code stays code, and nothing else is markup. */
function plain(text: string): string {
  const runs = text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .split(/(`[^`]+`)/)
  return runs
    .map((run, index) => (index % 2 === 1 ? run : run.replaceAll(/[\\`*_[\]<>#~|!&]/g, '\\$&')))
    .join('')
}
