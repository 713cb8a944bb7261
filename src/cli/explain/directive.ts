import {everywhere} from '../../facts/directives.ts'
import {printable} from '../../reporters/printable.ts'
import type {CataloguedRule} from '../catalogue.ts'
import {denialsOf, isOrdered, levels} from './denials.ts'
import {bracketed, meanings} from './meanings.ts'
import {block, paragraph, table} from './page.ts'
import type {Page} from './page.ts'
import type {Question} from './question.ts'
import {words} from './values.ts'

/** All that is known of a directive, in lines; throws a usage error when it does not stand in the section that was asked about. */
export function directivePage(asked: Question, rules: readonly CataloguedRule[], page: Page): string[] {
  const {key, value} = asked
  const found = meanings(asked)
  const isOne = found.length === 1
  const title = printable(`${key}=${value ?? ''}`)
  const about = rules.filter(({rule}) => rule.directives.includes(key))
  return [
    ...found.flatMap(({sections, summary, rows}, index) => [
      ...(index === 0 ? [] : ['']),
      page.heading(isOne ? title : `${title} in ${bracketed(sections)}`),
      ...(summary === undefined ? [] : [...paragraph(summary, page), '']),
      ...table(
        rows.filter(([label]) => isOne || label !== 'Sections'),
        page,
      ),
    ]),
    ...(found.some(({sections}) => sections.includes('Service')) ? denialLines(asked, page) : []),
    ...block(
      'Rules',
      about.flatMap(({rule}) => paragraph(`${rule.id}: ${rule.summary}`, page, '  ')),
      page,
    ),
  ]
}

function denialLines({key, value}: Question, page: Page): string[] {
  if (value !== undefined)
    return block(
      'Not for a service that',
      denialsOf(key, value).flatMap((title) => paragraph(title, page, '  ')),
      page,
    )
  const known = levels(key)
  if (known.length === 0) return []
  const since = new Map(everywhere(key).flatMap((facts) => words(facts).map((word) => [word.replace(/ .*/, ''), word] as const)))
  const rows = known.map(({values, denies}) => [values.map((word) => since.get(word) ?? (word || '(empty)')).join(', '), denies] as const)
  return block(`${isOrdered(key) ? 'Values, weak to strong' : 'Some values'}; not for a service that`, table(rows, page, '  '), page)
}
