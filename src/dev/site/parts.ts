import type {Page, PageBlock} from '../../explain/page.ts'

/** What `unitlint explain` tells, as Markdown. */
export function partsMarkdown(page: Page): string {
  return page.map(markdown).join('\n\n')
}

function markdown(part: PageBlock, index: number): string {
  switch (part.kind) {
    case 'heading':
      return `${index === 0 ? '#' : '##'} ${verbatim(part.text)}`
    case 'text':
      return part.text
    case 'table':
      return [
        ...(part.title === undefined ? [] : [`**${part.title}**\n`]),
        '| | |',
        '|---|---|',
        ...part.rows.map(([label, text]) => `| ${cell(verbatim(label))} | ${cell(text)} |`),
      ].join('\n')
    case 'list':
      return `**${part.title}**\n\n${part.items.map((item) => `- ${item.replace(/^([a-z][a-z-]+): /, '[$1](rules/$1.md): ')}`).join('\n')}`
    case 'code':
      return `**${part.title}**\n\n\`\`\`ini\n${part.lines.join('\n')}\n\`\`\``
  }
}

/** A name of systemd's is code, words are words. */
function verbatim(text: string): string {
  return /[=/@~_]|^\(|[a-z][A-Z]/.test(text) ? `\`${text}\`` : text
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;')
}
