import {describe, expect, it} from 'vitest'
import {files} from './cases-files.ts'
import {units} from './cases-units.ts'
import {oracles} from './systemd.ts'
import {compared} from './verify-subjects.ts'

/** How many files to try on each systemd; `UNITLINT_FILES=20000` for a thorough run. */
const count = Number(process.env['UNITLINT_FILES'] ?? 150)
/** Another one gives other files. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

const found = oracles()

describe.skipIf(found.length === 0)('what verify complains of', () => {
  it.each(found)(
    'is what systemd $name complains of, line by line of whole files',
    {timeout: 3_600_000},
    async (oracle) => {
      const {lines, differences} = await compared(oracle, files(oracle.version, count, seed))
      const wrong = differences.flatMap(({subject, only}) =>
        only.map((one) => ({name: subject.name, ...one})),
      )
      console.log(
        `systemd ${oracle.name}: ${count} files, ${lines} lines, ${wrong.length} disagreements`,
        wrong.slice(0, 20),
      )
      expect(wrong.length / lines).toBeLessThanOrEqual(0.001)
    },
  )

  it.each(found)(
    'is a refusal where systemd $name does not load the unit',
    {timeout: 3_600_000},
    async (oracle) => {
      const {differences} = await compared(oracle, units(oracle.version, count * 4, seed))
      expect(differences).toEqual([])
    },
  )
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)
