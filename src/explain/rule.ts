import type {Example, Rule} from '../rule/rule.ts'
import {optionLines} from './options.ts'
import {list} from './page.ts'
import type {Page, PageBlock} from './page.ts'

/** What a rule wants and why; presets as they are told, such as `strict (error)`. */
export function rulePage(rule: Rule, presets: readonly string[]): Page {
  const {id, summary, why, unless, examples} = rule
  return [
    {kind: 'heading', text: id},
    {kind: 'text', text: summary},
    {kind: 'text', text: why},
    ...(unless === undefined ? [] : [{kind: 'text', text: `Not for you when: ${unless}`} as const]),
    {kind: 'text', text: `Presets: ${presets.join(', ') || 'none'}`},
    ...list('Options', optionLines(rule)),
    ...examples.bad.map((example) => code('Bad', example)),
    ...examples.good.map((example) => code('Good', example)),
  ]
}

function code(title: string, example: Example): PageBlock {
  const [name, text] =
    typeof example === 'string' ? [undefined, example] : [example.name, example.unit]
  return {
    kind: 'code',
    title,
    lines: [...(name === undefined ? [] : [`# ${name}`]), ...text.replace(/\n$/, '').split('\n')],
  }
}
