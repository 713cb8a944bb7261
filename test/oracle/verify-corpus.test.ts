import {describe, expect, it} from 'vitest'
import {corpus, sampled, subjectOf} from '../corpus/corpus.ts'
import {oracles} from './systemd.ts'
import {compared} from './verify-subjects.ts'

const found = oracles()
const subjects = sampled(corpus('units')).flatMap((file) => subjectOf(file) ?? [])
const isMissing = found.length === 0 || subjects.length === 0

describe.skipIf(isMissing)('what verify complains of in the corpus', () => {
  it.each(found)('is what systemd $name complains of', {timeout: 3_600_000}, async (oracle) => {
    const {units, lines, differences} = await compared(oracle, subjects)
    console.log(
      `systemd ${oracle.name}: ${units} files, ${lines} lines, ${differences.length} files with disagreements`,
    )
    expect(differences.map(({subject, only}) => ({name: subject.name, only}))).toEqual([])
  })
})

it.skipIf(!isMissing)(
  'needs a systemd-analyze and the corpus, see UNITLINT_ORACLE and UNITLINT_CORPUS',
  (context) => context.skip(),
)
