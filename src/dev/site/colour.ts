import type {ElementContent} from 'hast'
import {bundledLanguages, createCssVariablesTheme, createHighlighter} from 'shiki'
import type {BundledLanguage} from 'shiki'

/**
 * Code in spans whose classes say what is what: the style sheet has their colours, light and dark.
 */
export async function colour(code: string, language: string): Promise<ElementContent[]> {
  const lang = languages[language] ?? language
  if (!isKnown(lang)) return [{type: 'text', value: code}]
  const painter = await highlighter
  await painter.loadLanguage(lang)
  const {tokens} = painter.codeToTokens(code, {lang, theme: 'unitlint'})
  return tokens.flatMap((line, index): ElementContent[] => [
    ...(index === 0 ? [] : [{type: 'text', value: '\n'} as const]),
    ...line.map(({content, color = ''}): ElementContent => {
      const [, name] = /--shiki-token-([a-z-]+)\)/.exec(color) ?? []
      const text = {type: 'text', value: content} as const
      return name === undefined
        ? text
        : {
            type: 'element',
            tagName: 'span',
            properties: {className: [`t-${name}`]},
            children: [text],
          }
    }),
  ])
}

/** What guides call languages, by what shiki does. */
const languages: Readonly<Record<string, string>> = {
  ini: 'systemd',
  console: 'shellsession',
  sh: 'shellscript',
  ts: 'typescript',
  js: 'javascript',
}

function isKnown(language: string): language is BundledLanguage {
  return Object.hasOwn(bundledLanguages, language)
}

const highlighter = createHighlighter({
  themes: [createCssVariablesTheme({name: 'unitlint', variablePrefix: '--shiki-'})],
  langs: [],
})
