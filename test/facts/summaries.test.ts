import {describe, expect, it} from 'vitest'
import {conditions} from '../../src/facts/data/summaries/conditions.ts'
import {mountSummaries} from '../../src/facts/data/summaries/mounts.ts'
import {obsoleteSummaries} from '../../src/facts/data/summaries/obsolete.ts'
import {processSummaries} from '../../src/facts/data/summaries/processes.ts'
import {resourceSummaries} from '../../src/facts/data/summaries/resources.ts'
import {serviceSummaries} from '../../src/facts/data/summaries/service.ts'
import {socketSummaries} from '../../src/facts/data/summaries/socket.ts'
import {triggerSummaries} from '../../src/facts/data/summaries/triggers.ts'
import {unitSummaries} from '../../src/facts/data/summaries/unit.ts'
import {directive, directiveNames, everywhere} from '../../src/facts/directives.ts'
import {rows} from '../../src/facts/sandboxing/rows.ts'
import {summaryOf} from '../../src/facts/summaries.ts'
import {newestVersion, oldestVersion} from '../../src/facts/targets.ts'

const ofRows = Object.fromEntries(Object.entries(rows).map(([key, {summary}]) => [key, summary]))
const themes = [
  ...[unitSummaries, serviceSummaries, socketSummaries, triggerSummaries, mountSummaries],
  ...[processSummaries, ofRows, resourceSummaries, obsoleteSummaries],
]
const versions = Array.from(
  {length: newestVersion - oldestVersion + 1},
  (_, index) => oldestVersion + index,
)
const pairs = directiveNames().flatMap((key) =>
  [...new Set(everywhere(key).flatMap(({sections}) => sections))].map((section) => ({
    section,
    key,
  })),
)
const isKnown = (section: string, key: string) =>
  versions.some((version) => directive(section, key, version))
const known = pairs.filter(({section, key}) => isKnown(section, key))

describe('summaries', () => {
  it('are there for every directive that some version knows, and for no other', () => {
    expect(known.length).toBeGreaterThan(1400)
    expect(known.filter(({section, key}) => summaryOf(section, key) === undefined)).toEqual([])
    const unknown = pairs.filter(({section, key}) => !isKnown(section, key))
    expect(unknown.length).toBeGreaterThan(10)
    expect(unknown.filter(({section, key}) => summaryOf(section, key) !== undefined)).toEqual([])
    for (const key of [
      'Nonsense',
      'constructor',
      '__proto__',
      'ConditionconstructorX',
      'Conditionconstructor',
    ])
      expect(summaryOf('Unit', key)).toBeUndefined()
  })

  it('are a sentence or two, short enough for a tooltip', () => {
    const texts = [...new Set(known.map(({section, key}) => summaryOf(section, key) ?? ''))]
    expect(texts.length).toBeGreaterThan(450)
    for (const text of texts) {
      expect(text).toMatch(/^[A-Z][^\n]{15,200}\.$/)
      expect(text).not.toMatch(/\s\s|'|--|\.\.\s|\[/)
      expect(text.split('`').length % 2, text).toBe(1)
    }
  })

  it('speak of a directive once', () => {
    const keys = themes.flatMap((theme) => Object.keys(theme))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    const texts = themes
      .flatMap((theme) => Object.entries(theme).filter(([key]) => !key.includes('.')))
      .map(([, text]) => text)
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
  })

  it('speak of directives that there are, in sections where they are', () => {
    const names = new Set(known.flatMap(({section, key}) => [key, `${section}.${key}`]))
    expect(themes.flatMap((theme) => Object.keys(theme)).filter((key) => !names.has(key))).toEqual(
      [],
    )
    expect(Object.keys(conditions).filter((name) => !names.has(`Condition${name}`))).toEqual([])
  })

  it('name other directives by names that there are', () => {
    const texts = [...themes.flatMap((theme) => Object.values(theme)), ...Object.values(conditions)]
    const named = texts.flatMap((text) =>
      [...text.matchAll(/`([A-Z][A-Za-z0-9]+)=[^`]*`/g)].map(([, key = '']) => key),
    )
    expect(named.length).toBeGreaterThan(100)
    const names = new Set(known.map(({key}) => key))
    expect(named.filter((key) => !names.has(key))).toEqual([])
  })

  it('tell meanings of a name apart by section', () => {
    const meanings = [
      'Type',
      'Unit',
      'Priority',
      'TimeoutSec',
      'ExecStartPre',
      'Options',
      'What',
      'Where',
      'DirectoryMode',
      'RuntimeMaxSec',
      'OOMPolicy',
    ]
    for (const key of meanings) {
      const texts = known
        .filter((pair) => pair.key === key)
        .map(({section}) => summaryOf(section, key))
      expect(texts.length, key).toBeGreaterThan(1)
    }
    expect(summaryOf('Mount', 'Type')).not.toBe(summaryOf('Service', 'Type'))
    expect(summaryOf('Timer', 'Restart')).toBeUndefined()
  })

  it('tell of an old name what the new one does', () => {
    expect(summaryOf('Unit', 'BindTo')).toBe(summaryOf('Unit', 'BindsTo'))
    expect(summaryOf('Service', 'StartLimitInterval')).toBe(
      summaryOf('Unit', 'StartLimitIntervalSec'),
    )
    expect(summaryOf('Unit', 'AssertPathExists')).toBe(
      'Fails the start of the unit unless the path exists.',
    )
    expect(summaryOf('Unit', 'ConditionPathExists')).toBe(
      'Skips the unit, without failure, unless the path exists.',
    )
  })
})
