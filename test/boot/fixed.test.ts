import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {presets} from '../../configs/index.ts'

const folder = 'test/boot/fixed'
const proofs = readdirSync(folder).flatMap((name) =>
  [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/^@proves\('([a-z-]+)'/gm)].map(
    ([, id = '']) => id,
  ),
)

/** Rules with fixes that are not booted, and why. */
const notBooted: Readonly<Record<string, string>> = {
  'no-risky-denial':
    'the programs need devices and services that no container has; those that it can have are booted by the matrix (docs/trust.md)',
  'no-unsupported-here':
    'what it takes out is what test/boot/environments.sh saw fail or be ignored, line by line, in each container',
  'no-unsupported-directive':
    'the systemds that took directives with a successor out, from 258 on, are newer than those that are booted',
}

const {rules = {}, safeOnly = []} = presets['recommended'] ?? {}
const own = Object.keys(rules).filter((id) => !safeOnly.includes(id))

test('the fixes of each rule of `recommended`, beside those that only harden, are booted, or there is a reason', () => {
  const fixing = own.filter(hasFix)
  expect(fixing.length).toBeGreaterThan(50)
  expect(fixing.filter((id) => !proofs.includes(id)).toSorted()).toEqual(
    Object.keys(notBooted).toSorted(),
  )
})

test('what is booted is a rule of `recommended` with a fix', () => {
  expect(proofs.filter((id) => !own.includes(id) || !hasFix(id))).toEqual([])
})

/** Whether a rule has fixes: it says so with its findings. */
function hasFix(id: string): boolean {
  return /\bfix(?:[,:}]| =)/.test(
    readFileSync(`rules/${id}.ts`, 'utf8').replaceAll(/\/\*\*[^]*?\*\/|^ *\/\/.*/gm, ''),
  )
}
