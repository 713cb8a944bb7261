import {fileSections} from '../facts/data/directives.ts'
import {everywhere} from '../facts/directives.ts'
import {summaryOf} from '../facts/summaries.ts'
import {newestVersion, oldestVersion} from '../facts/targets.ts'
import type {ValueFacts} from '../facts/directives.ts'
import {replacement} from '../values/replaced.ts'
import {example} from './examples.ts'
import {impliers, implies} from './implied.ts'
import type {TableRow} from './page.ts'
import type {Question} from './question.ts'
import {empty, repeats} from './repeats.ts'
import {prefixes, takes} from './values.ts'
import {newestFacts, takenBy} from './versions.ts'

/** What a directive does in some sections, and how it is written. */
export interface MeaningInSections {
  readonly sections: readonly string[]
  readonly summary: string | undefined
  readonly rows: readonly TableRow[]
}

interface FactsInSection {
  readonly section: string
  readonly facts: ValueFacts
}

/**
 * What a directive does: once for all sections of which the same can be said. None where it does
 * not stand in the section that was asked about.
 */
export function meanings(asked: Question): MeaningInSections[] {
  const all = entriesOf(asked)
  const read = all.filter(({facts}) => !facts.unsupportedInThisSection)
  const ignored = read.length === 0 ? [] : all.filter((entry) => !read.includes(entry))
  return alike(read.length === 0 ? all : read, asked).map((entries) =>
    meaningIn(entries, ignored, asked),
  )
}

type SaidAlike = readonly [FactsInSection, ...FactsInSection[]]

/** What stands in some sections, those together of which the same can be said. */
function alike(all: readonly FactsInSection[], asked: Question): readonly SaidAlike[] {
  const groups: Array<{
    readonly said: string
    readonly emptied: string | undefined
    readonly entries: [FactsInSection, ...FactsInSection[]]
  }> = []
  for (const entry of all) {
    const rows = rowsOf(entry, asked)
    const emptied = rows.find(([name]) => name === 'Empty')?.[1]
    const said = JSON.stringify([
      summaryOf(entry.section, asked.key),
      entry.facts.page,
      rows.filter(([name]) => name !== 'Empty'),
    ])
    // What an empty value does is not known of scopes, which no file makes.
    const same = groups.find(
      (group) =>
        group.said === said &&
        (group.emptied === emptied || group.emptied === undefined || emptied === undefined),
    )
    if (same) same.entries.push(entry)
    else groups.push({said, emptied, entries: [entry]})
  }
  return groups.map(({entries}) => entries)
}

function meaningIn(
  entries: SaidAlike,
  ignored: readonly FactsInSection[],
  asked: Question,
): MeaningInSections {
  const [first] = entries
  const sections = entries.map(({section}) => section)
  const elsewhere = ignored.map(({section}) => section)
  return {
    sections,
    summary: summaryOf(first.section, asked.key),
    rows: [
      ['Sections', bracketed(sections)],
      ...row(
        'Ignored',
        elsewhere.length === 0 ? undefined : `in ${bracketed(elsewhere)}, with a warning`,
      ),
      ...row('Since', since(entries)),
      ...rowsOf(first, asked),
      ...(sections.includes('Service')
        ? [
            ...row('Implies', implies(asked.key).join(', ')),
            ...row('Implied by', impliers(asked.key).join(', ')),
          ]
        : []),
      ...row('Manual', first.facts.page && `${first.facts.page}(5)`),
    ],
  }
}

/** The sections that a directive stands in, as they are written. */
export function sectionsWith(key: string): string[] {
  return entriesOf({section: undefined, key, value: undefined}).map(({section}) => `[${section}]`)
}

/**
 * Where the directive stands, without sections that only versions older than all targets had, where
 * there are others.
 */
function entriesOf({section, key}: Question): FactsInSection[] {
  const all = everywhere(key)
    .flatMap((known) =>
      known.sections.map((name) => ({
        section: name,
        facts: newestFacts(name, key, known) ?? known,
      })),
    )
    .toSorted((one, other) => rank(one.section) - rank(other.section))
  const current = all.filter(({facts}) => !isForgotten(facts))
  const entries = current.length === 0 ? all : current
  return section === undefined ? entries : entries.filter((entry) => entry.section === section)
}

function isForgotten({unknownSince = Infinity}: ValueFacts): boolean {
  return unknownSince <= oldestVersion
}

const sectionNames = [...new Set(Object.values(fileSections).flat())]

function rank(section: string): number {
  const index = sectionNames.indexOf(section)
  return index === -1 ? sectionNames.length : index
}

function rowsOf({section, facts}: FactsInSection, {value}: Question): TableRow[] {
  const {key} = facts
  const isOfUse =
    !isForgotten(facts) && !facts.unsupportedInThisSection && facts.type !== 'obsolete'
  const shown = isOfUse ? example(section, facts) : undefined
  return [
    ...row(
      'Ignored',
      facts.unsupportedInThisSection ? 'in this section, with a warning' : undefined,
    ),
    ...row('Gone', gone(facts)),
    ...row('Instead', instead(section, key)),
    ...(isOfUse
      ? [
          ...row('Value', takes(facts)),
          ...row('Prefixes', prefixes(facts)),
          ...row('Accepted', value === undefined ? undefined : takenBy(section, key, value)),
          ...row(
            'Example',
            shown === undefined || value !== undefined ? undefined : `${key}=${shown}`,
          ),
          ...row('Repeated', repeats(facts)),
          ...row('Empty', empty(facts)),
        ]
      : []),
  ]
}

function row(label: string, text: string | undefined): TableRow[] {
  return text === undefined || text === '' ? [] : [[label, text]]
}

function gone({removedSince, unknownSince}: ValueFacts): string | undefined {
  if (removedSince !== undefined) return `without effect since ${removedSince}, with a warning`
  return unknownSince === undefined ? undefined : `unknown since ${unknownSince}`
}

function instead(section: string, key: string): string | undefined {
  const found = replacement(section, key, newestVersion)
  if (!found) return undefined
  const name = found.section === undefined ? found.key : `[${found.section}] ${found.key}`
  return `${name}=${found.keepsValue ? '' : ', with other values'}`
}

/** The first version, where that is known; with sections where they differ. */
function since(entries: readonly FactsInSection[]): string {
  const versions = [...new Set(entries.map(({facts}) => first(facts)))]
  const [most = '', ...others] = versions
  const exceptions = others.map(
    (version) =>
      `${version || 'ever'} in ${bracketed(entries.filter(({facts}) => first(facts) === version).map(({section}) => section))}`,
  )
  return [most || (exceptions.length === 0 ? '' : 'ever'), ...exceptions]
    .filter((text) => text !== '')
    .join('; ')
}

function first({since: version, backported = {}}: ValueFacts): string {
  const packages = Object.values(backported)
  return version === undefined
    ? ''
    : `${version}${packages.length === 0 ? '' : `, and packages from ${packages.join(' and ')} on`}`
}

/** Sections as they are written. */
export function bracketed(sections: readonly string[]): string {
  return sections.map((section) => `[${section}]`).join(', ')
}
