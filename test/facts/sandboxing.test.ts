import {describe, expect, it} from 'vitest'
import {directive, directiveNames, entries} from '../../src/facts/directives.ts'
import {besides, droppers, sandboxingKeys} from '../../src/facts/hardening.ts'
import {valueFacts} from '../../src/facts/value-facts.ts'
import type {SandboxingRow} from '../../src/facts/sandboxing/row.ts'
import {rowOf, rows} from '../../src/facts/sandboxing/rows.ts'
import {strictness} from '../../src/facts/strictness.ts'
import {newestVersion, oldestVersion} from '../../src/facts/targets.ts'
import {withoutRow} from './without-row.ts'

const versions = Array.from(
  {length: newestVersion - oldestVersion + 1},
  (_, index) => oldestVersion + index,
)
const all: ReadonlyArray<readonly [string, SandboxingRow]> = Object.entries(rows)
const ordered = all.flatMap(([key, row]) => (row.holds === 'word' ? [[key, row] as const] : []))
const reasons = Object.values(withoutRow).flatMap((names) => names.trim().split(/\s+/))

/** The directives of a service's processes and control group that some version here takes. */
const known = directiveNames().filter((key) =>
  entries('Service', key).some(
    ({page, unknownSince = Infinity, removedSince = Infinity}) =>
      (page === 'systemd.exec' || page === 'systemd.resource-control') &&
      unknownSince > oldestVersion &&
      removedSince > newestVersion,
  ),
)

describe('every directive of processes and control groups', () => {
  it('has a row, or a reason to have none', () => {
    expect(known.length).toBeGreaterThan(200)
    expect(known.filter((key) => !rowOf(key) && !reasons.includes(key))).toEqual([])
  })

  it('has no reason to have none beside a row, or twice, or without being one', () => {
    expect(
      reasons.filter(
        (key, index) =>
          rowOf(key) !== undefined || reasons.indexOf(key) !== index || !known.includes(key),
      ),
    ).toEqual([])
  })
})

describe('rows', () => {
  it('are of directives that there are, since when there are', () => {
    const since = (key: string): number =>
      Math.min(...entries('Service', key).map((facts) => facts.since ?? 0))
    const told = Object.fromEntries(all.map(([key, row]) => [key, row.since]))
    // What is as old as the oldest version known here is as good as ever.
    const table = Object.fromEntries(
      all.map(([key]) => [key, since(key) < oldestVersion ? 0 : since(key)]),
    )
    expect(told).toEqual(table)
  })

  it('say what they are about as the sections do', () => {
    const about = (key: string): string => {
      const has = (section: string): boolean =>
        entries(section, key).some(({unsupportedInThisSection}) => !unsupportedInThisSection)
      if (has('Slice')) return 'control-group'
      return has('Mount') ? 'processes' : has('Scope') ? 'service-or-scope' : 'service'
    }
    expect(Object.fromEntries(all.map(([key, row]) => [key, row.about]))).toEqual(
      Object.fromEntries(all.map(([key]) => [key, about(key)])),
    )
  })

  it('have the words that each version takes', () => {
    expect(ordered.length).toBeGreaterThan(25)
    for (const [key] of ordered) {
      for (const version of versions.filter((one) => directive('Service', key, one))) {
        expect(strictness(key, version).flat().toSorted(), `${key} in ${version}`).toEqual(
          wordsOfTable(key, version).toSorted(),
        )
      }
    }
  })

  it('begin with what denies nothing, and name a default', () => {
    for (const [key, {levels, reads}] of ordered) {
      expect(reads.booleans === 'none', key).toBe(
        !levels.some(({words}) => Object.hasOwn(words, 'yes')),
      )
      expect(levels[0]?.denies, key).toEqual([])
      expect(
        levels.slice(1).every(({denies}) => denies.length > 0),
        key,
      ).toBe(true)
      expect(
        levels.some(({words}) => Object.hasOwn(words, reads.default)),
        key,
      ).toBe(true)
    }
  })

  it('deny mounts that others see where they make a mount namespace', () => {
    // Of a dynamic user it is what is implied that makes one.
    const made = ordered.filter(([key]) => key !== 'DynamicUser')
    for (const [key, {levels}] of made) {
      for (const {denies, mountsSince} of levels)
        expect(denies.includes('host-mounts'), key).toBe(mountsSince !== 'never')
    }
  })

  it('imply words of others', () => {
    const implied = sandboxingKeys().flatMap((by) =>
      besides(by).implies.map((implication) => ({by, ...implication})),
    )
    expect(implied.length).toBeGreaterThan(5)
    expect(
      implied.filter(
        ({key, value, since}) =>
          !strictness(key, Math.max(since, oldestVersion)).flat().includes(value),
      ),
    ).toEqual([])
    // Only a word can be on.
    expect(
      all.filter(
        ([key, row]) =>
          row.holds !== 'word' &&
          (besides(key).implies.length > 0 || besides(key).drops.length > 0),
      ),
    ).toEqual([])
  })

  it('deny the capabilities that they drop', () => {
    const dropped = droppers().flatMap(({by, drops}) =>
      drops.map((capability) => ({by, capability})),
    )
    expect(dropped.length).toBeGreaterThan(5)
    expect(
      dropped.filter(
        ({by, capability}) =>
          !new Map(ordered).get(by)?.levels.some(({denies}) => denies.includes(capability)),
      ),
    ).toEqual([])
  })
})

/** What the table of systemd's parsers says that a version takes. */
function wordsOfTable(key: string, version: number): string[] {
  const {type, values = [], booleanToo} = valueFacts('Service', key, version) ?? {type: 'unknown'}
  const isBoolean = /^(?:boolean|tristate)/.test(type)
  const words = isBoolean
    ? []
    : values.filter(({since = 0}) => since <= version).map(({value}) => value)
  const takesBooleans = isBoolean || booleanToo
  return [...new Set([...words, ...(takesBooleans ? ['yes', 'no'] : [])])]
}
