import {describe, expect, it} from 'vitest'
import {decode} from '../../src/syntax/bytes.ts'
import {corpus, subjectOf} from '../corpus/corpus.ts'
import {fixedOneByOne} from './fixes.ts'

import {aboutTheFile, oracles, verify, type Verdict} from './systemd.ts'

const found = oracles()
const files = corpus('units').filter(({class: kind}) => kind !== 'fuzz')
const isMissing = found.length === 0 || files.length === 0

describe.skipIf(isMissing)('each fix of a finding in the corpus', () => {
  it.each(found)(
    'leaves systemd $name less to complain of, and nothing new',
    {timeout: 3_600_000},
    async (oracle) => {
      const pairs = files.flatMap((file) => {
        const was = subjectOf(file)
        if (!was) return []
        return fixedOneByOne(file.path, decode(file.bytes()), oracle.version).flatMap(
          ({text, ruleId, applicability}) => {
            const is = subjectOf(file, text)
            return is ? [{file: file.file, was, is, ruleId, applicability}] : []
          },
        )
      })
      const verdicts = await verify(oracle, [...new Set(pairs.flatMap(({was, is}) => [was, is]))])
      const bad = pairs.flatMap(({file, was, is, ruleId, applicability}) => {
        const [before, after] = [said(verdicts.get(was)), said(verdicts.get(is))]
        const added = without(after, before)
        const gone = without(before, after)
        // What nobody was told of before can be as wrong as what it replaces; a suggestion is
        // somebody's choice.
        const isBetter =
          (gone.length > 0 || ruleId === 'no-skipped-value') &&
          (added.length === 0 || applicability === 'suggestion')
        return isBetter ? [] : [{file, ruleId, applicability, added, gone}]
      })
      const count = new Map<string, number>()
      for (const {ruleId, applicability} of pairs)
        count.set(`${ruleId} ${applicability}`, (count.get(`${ruleId} ${applicability}`) ?? 0) + 1)
      console.log(
        `systemd ${oracle.name}: ${pairs.length} fixes`,
        Object.fromEntries(count),
        bad.slice(0, 20),
      )
      expect(bad).toEqual([])
    },
  )
})

it.skipIf(!isMissing)(
  'needs a systemd-analyze and the corpus, see UNITLINT_ORACLE and UNITLINT_CORPUS',
  (context) => context.skip(),
)

/** What systemd says of the text, without the places. */
function said(verdict: Verdict | undefined): string[] {
  return (verdict?.complaints ?? [])
    .filter(aboutTheFile)
    .map(({text}) => text.replace(/^\S+:\d+: /, ''))
}

/** The items of one list that another does not have, as often as they are more. */
function without(items: readonly string[], known: readonly string[]): string[] {
  const left = [...known]
  return items.filter((item) => {
    const at = left.indexOf(item)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}
