import {rules} from '../../../rules/index.ts'
import {presets} from '../../../configs/index.ts'
import {markdown} from '../../explain/markdown.ts'
import {rulePage} from '../../explain/rule.ts'
import {chosenProfile, whyNot} from '../../explain/why-not.ts'
import type {Subject} from '../subject.ts'
import {unitNow} from '../workspace.ts'

/** A text in answer to a command: as Markdown, and in a few words. */
export interface CommandAnswer {
  readonly markdown: string
  readonly summary: string
}

/** What a rule wants and why; undefined for one that is not known. */
export function explained(id: string): CommandAnswer | undefined {
  const rule = rules.find((candidate) => candidate.id === id)
  if (!rule) return undefined
  const its = Object.entries(presets).flatMap(([name, {rules: theirs = {}}]) =>
    Object.hasOwn(theirs, id) ? [name] : [],
  )
  const unless = rule.unless === undefined ? '' : ` Not for you when: ${rule.unless}`
  return {
    markdown: markdown(rulePage(rule, its)),
    summary: `${id}: ${rule.summary}. ${rule.why}${unless}`,
  }
}

/** What speaks for and against a directive in a service; undefined for what is none. */
export function whyNotOf({unit}: Subject, asked: string): CommandAnswer | undefined {
  if (unit?.identity.type !== 'service') return undefined
  const [key = '', ...rest] = asked.split('=')
  const value = rest.join('=')
  const its = unitNow(unit)
  const chosen = chosenProfile(its)
  const lines = whyNot(its, key, value === '' ? undefined : value).flatMap(({title, reasons}) => [
    title,
    ...reasons.flatMap(({title: of, items}) => [
      `- ${of}:`,
      ...items.map(({text, at}) => `  - ${at ? `${at.path}:${at.line}: ` : ''}${text}`),
    ]),
  ])
  const all = chosen === undefined ? lines : [chosen, ...lines]
  return {markdown: all.join('\n'), summary: all.join('\n').replaceAll('`', '')}
}
