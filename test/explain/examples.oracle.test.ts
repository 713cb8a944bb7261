import {describe, expect, it} from 'vitest'
import {fileSections} from '../../src/facts/data/directives.ts'
import {directive, directiveNames, everywhere} from '../../src/facts/directives.ts'
import {unitTypes, type UnitType} from '../../src/facts/unit-types.ts'
import {example} from '../../src/explain/examples.ts'
import {words} from '../../src/explain/values.ts'
import {newestFacts} from '../../src/explain/versions.ts'
import {replacement} from '../../src/values/replaced.ts'
import {askAbout} from '../oracle/cases-ask.ts'
import type {Case} from '../oracle/cases.ts'
import {oracles} from '../oracle/systemd.ts'

const found = oracles()

describe.skipIf(found.length === 0)('what explain shows', () => {
  it.each(found)(
    'is taken by systemd $name without a word, but for what is obsolete',
    {timeout: 600_000},
    async (oracle) => {
      const cases = shown(oracle.version)
      const answers = await askAbout(oracle, cases)
      expect(cases.length).toBeGreaterThan(1000)
      expect(
        cases
          .filter((one) => (answers.get(one)?.texts.length ?? 1) > 0)
          .map(
            (one) => `[${one.section}] ${one.key}=${one.value}: ${answers.get(one)?.texts.join()}`,
          ),
      ).toEqual([])
    },
  )
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

/**
 * Every example and every word of an enumeration that this version knows, by what the page says.
 */
function shown(version: number): Case[] {
  return directiveNames().flatMap((key) =>
    everywhere(key).flatMap((known) =>
      known.sections.flatMap((section) => {
        const facts = newestFacts(section, key, known)
        const unitType = typeWith(section)
        const now = directive(section, key, version)
        if (
          !facts ||
          !unitType ||
          !now ||
          facts.unsupportedInThisSection ||
          replacement(section, key, version) ||
          version >= (facts.removedSince ?? Infinity)
        )
          return []
        const isList = facts.type === 'enum' || facts.type === 'flag-list'
        const values = [
          ...[example(section, facts) ?? []].flat(),
          ...(isList
            ? words(facts).filter(
                (word) => isKnown(word, version) && !(key === 'KillMode' && word === 'none'),
              )
            : []),
        ]
        return values.map((word) => ({
          unitType,
          unitName: `any.${unitType}`,
          section,
          key,
          value: word.replace(/ \(.*/, ''),
          type: facts.type,
        }))
      }),
    ),
  )
}

/** `WORD (since 257, up to 258, obsolete since 259)` */
function isKnown(word: string, version: number): boolean {
  const [, since = '0'] = /(?<!obsolete )since (\d+)/.exec(word) ?? []
  const [, until = '999'] = /up to (\d+)/.exec(word) ?? []
  return !word.includes('obsolete') && version >= Number(since) && version <= Number(until)
}

function typeWith(section: string): UnitType | undefined {
  return unitTypes.find((type) => fileSections[type]?.includes(section))
}
