import {describe, expect, it} from 'vitest'
import {probeCases} from './probe.ts'
import {oracles} from './systemd.ts'
import {disagreements} from './verify-cases.ts'

const found = oracles()

describe.skipIf(found.length === 0)('values at the edges of their types', () => {
  it.each(found)('are judged as systemd $name does', {timeout: 600_000}, async (oracle) => {
    const cases = probeCases(oracle.version)
    expect(cases.length).toBeGreaterThan(5000)
    const bad = await disagreements(oracle, cases)
    expect(
      bad.map(
        ({case: {section, key, value}, systemd}) =>
          `[${section}] ${key}=${value}: ${systemd.texts.join(' / ')}`,
      ),
    ).toEqual([])
  })
})

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)
