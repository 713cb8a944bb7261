import {everywhere} from '../facts/directives.ts'
import type {Rule} from '../rule/rule.ts'
import {isWordDirective} from '../facts/sandboxing/rows.ts'
import {denialsOf, levelsInWords} from './denials.ts'
import {bracketed, meanings} from './meanings.ts'
import {list} from './page.ts'
import {inContainers} from './containers.ts'
import type {Page, PageBlock} from './page.ts'
import type {Question} from './question.ts'
import {words} from './values.ts'

/**
 * All that is known of a directive; undefined where there is none of that name in the section that
 * was asked about.
 */
export function directivePage(asked: Question, rules: readonly Rule[]): Page | undefined {
  const {key, value} = asked
  const found = meanings(asked)
  if (found.length === 0) return undefined
  const isOne = found.length === 1
  const title = `${key}=${value ?? ''}`
  const about = rules.filter(({directives}) => directives.includes(key))
  return [
    ...found.flatMap(({sections, summary, rows}): PageBlock[] => [
      {kind: 'heading', text: isOne ? title : `${title} in ${bracketed(sections)}`},
      ...(summary === undefined ? [] : [{kind: 'text', text: summary} as const]),
      {kind: 'table', rows: rows.filter(([label]) => isOne || label !== 'Sections')},
    ]),
    ...(found.some(({sections}) => sections.includes('Service')) ? denialParts(asked) : []),
    ...list('In containers', inContainers(key)),
    ...list(
      'Rules',
      about.map(({id, summary}) => `${id}: ${summary}`),
    ),
  ]
}

function denialParts({key, value}: Question): PageBlock[] {
  if (value !== undefined) return list('Not for a service that', denialsOf(key, value))
  const known = levelsInWords(key)
  if (known.length === 0) return []
  const spoken = everywhere(key).flatMap((facts) =>
    words(facts).map((word) => [word.replace(/ .*/, ''), word] as const),
  )
  const since = new Map(spoken)
  const named = (word: string): string => since.get(word) ?? (word || '(empty)')
  const rows = known.map(({values, denies}) => [values.map(named).join(', '), denies] as const)
  return [
    {
      kind: 'table',
      title: `${isWordDirective(key) ? 'Values, weak to strong' : 'Some values'}; not for a service that`,
      rows,
    },
  ]
}
