import {describe, expect, it} from 'vitest'
import {corpus, sampled, subjectOf} from '../corpus/corpus.ts'
import {canDump, dumps} from './show-dump.ts'
import {canScore, oracles, security, verify} from './systemd.ts'
import type {Oracle} from './systemd.ts'
import type {Subject} from './subject.ts'
import {untold} from './upgrade.ts'
import type {Made} from './upgrade.ts'

const found = oracles().filter(({name}) => name !== 'host')
const subjects = sampled(corpus('units'), 16).flatMap((file) => subjectOf(file) ?? [])
const isMissing = found.length < 2 || subjects.length === 0

/** What each systemd makes of each unit, asked once for all pairs. */
async function madeBy(oracle: Oracle): Promise<(subject: Subject) => Made> {
  const services = subjects.filter(({name}) => name.endsWith('.service'))
  const verdicts = await verify(oracle, subjects)
  const scores = canScore(oracle) ? await security(oracle, services) : new Map<Subject, undefined>()
  const held = canDump(oracle) ? await dumps(oracle, subjects) : new Map<Subject, undefined>()
  return (subject) => ({
    version: oracle.version,
    verdict: verdicts.get(subject),
    score: scores.get(subject),
    dump: held.get(subject),
  })
}

describe.skipIf(isMissing)(
  'what two systemds make of a unit of the corpus, and make otherwise',
  () => {
    it(
      'is told by upgrade, of all pairs and in both directions',
      {timeout: 3_600_000},
      async () => {
        const made: Array<(subject: Subject) => Made> = []
        for (const oracle of found) made.push(await madeBy(oracle))
        const all: string[] = []
        let pairs = 0
        for (const [one, was] of made.entries()) {
          for (const [other, is] of made.entries()) {
            if (one === other) continue
            pairs++
            for (const subject of subjects) {
              const left = untold(subject, was(subject), is(subject))
              for (const line of left)
                all.push(`${found[one]?.name} to ${found[other]?.name}: ${subject.name}: ${line}`)
            }
          }
        }
        console.log(
          `${subjects.length} files, ${pairs} pairs of systemds: ${all.length} changes untold`,
        )
        expect(all).toEqual([])
      },
    )
  },
)

it.skipIf(!isMissing)(
  'needs systemd-analyze of two versions and the corpus, see UNITLINT_ORACLE and UNITLINT_CORPUS',
  (context) => context.skip(),
)
