import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {VFile} from 'vfile'
import {presets} from '../configs/index.ts'
import {rules} from '../rules/index.ts'
import {lint} from '../src/engine/unified/lint.ts'
import {target} from '../src/facts/targets.ts'
import {canScore, oracles, security, verify} from './oracle/systemd.ts'

const folder = 'docs/examples/restic-backup'
const name = 'restic-backup.service'

/** The example before, fixed with the preset `backup-job`, judged by a version. */
function fixed(version: number): VFile {
  const {rules: settings = {}, profile} = presets['backup-job'] ?? {}
  const its = target(String(version))
  if (!its || typeof profile !== 'object') throw new Error('Expected a target and a profile')
  const active = rules.filter(({id}) => Object.hasOwn(settings, id) && settings[id] !== 'off')
  const file = new VFile({path: name, value: readFileSync(`${folder}/before/${name}`, 'utf8')})
  lint(file, {
    rules: active.map((rule) => ({rule, severity: 2, options: rule.options.parse({})})),
    targets: [its],
    manager: 'system',
    profile,
    fix: 'safe',
  })
  return file
}

test('the example after is the example before, fixed', () => {
  const file = fixed(252)
  expect(String(file.value)).toBe(readFileSync(`${folder}/after/${name}`, 'utf8'))
  expect(file.messages.map(String)).toEqual([])
  expect(file.data.unitlint?.exposure).toEqual({target: '252', before: 70, after: 17})
})

test('fixing only adds lines, and takes nothing that a backup needs', () => {
  const before = readFileSync(`${folder}/before/${name}`, 'utf8')
  const after = String(fixed(257).value)
  expect(after.startsWith(before)).toBe(true)
  expect(after).not.toMatch(
    /^(?:ProtectHome=(?:yes|tmpfs)|PrivateNetwork=yes|IPAddressDeny=|PrivateUsers=|InaccessiblePaths=|DynamicUser=)/m,
  )
  expect(after.match(/^CapabilityBoundingSet=.*$/gm)).toEqual([
    'CapabilityBoundingSet=CAP_DAC_READ_SEARCH',
  ])
  expect(after).toMatch(/^RestrictAddressFamilies=.*AF_INET AF_INET6/m)
})

const asked = oracles().filter(canScore)
test.skipIf(asked.length === 0).each(asked.map((oracle) => [oracle.name, oracle] as const))(
  'systemd %s has nothing to say of it, and scores it at most 1.7',
  async (_name, oracle) => {
    const subject = {name, text: String(fixed(oracle.version).value)}
    const verdict = (await verify(oracle, [subject])).get(subject)
    expect(verdict?.complaints.filter(({line}) => line !== undefined)).toEqual([])
    expect((await security(oracle, [subject])).get(subject)?.total).toBeLessThanOrEqual(17)
  },
)
