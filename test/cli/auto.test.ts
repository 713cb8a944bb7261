import {expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const files = {
  'shop.service': '[Service]\nUser=shop\nExecStart=/srv/shop/venv/bin/gunicorn shop:app\n',
  'own.service': '[Service]\nExecStart=/opt/own/own\n',
  'named.json': JSON.stringify({
    extends: 'auto',
    overrides: [{files: ['own.service'], profile: 'worker'}],
  }),
}
const auto = ['--no-config', '--preset', 'auto']
const shop = {name: 'web-service', because: '`gunicorn` serves applications'}
const own = {name: null, because: 'nothing tells for sure what `own` needs'}

async function stdout(...argv: string[]): Promise<string> {
  return stdoutIn(makeFolder(files), ...argv)
}

async function stdoutIn(cwd: string, ...argv: string[]): Promise<string> {
  return (await cli(argv, {cwd})).stdout
}

it('says in each report which profile it chose, and why', async () => {
  expect(await stdout(...auto, 'shop.service')).toContain(
    'info    auto: web-service (gunicorn serves applications)',
  )
  expect(await stdout(...auto, '-f', 'compact', 'own.service')).toContain(
    'own.service:1:1: info: auto: hardened alone (nothing tells for sure what own needs)',
  )
  const entries = JSON.parse(await stdout(...auto, '-f', 'json', '.')) as Array<{
    filePath: string
    profile?: unknown
  }>
  expect(entries.map(({filePath, profile}) => [filePath, profile])).toEqual([
    ['own.service', own],
    ['shop.service', shop],
  ])
})

it('says so of a clean unit in a line, and in no other preset', async () => {
  const cwd = makeFolder(files)
  await stdoutIn(cwd, ...auto, '--fix', 'shop.service')
  expect(await stdoutIn(cwd, ...auto, 'shop.service')).toMatch(
    /^shop\.service: auto: web-service \(gunicorn serves applications\)\n\n✔ no errors, no warnings · 1 unit /,
  )
  expect(await stdoutIn(cwd, ...auto, '--quiet', 'shop.service')).toBe('')
  expect(
    await stdout('--no-config', '--preset', 'hardened', '-f', 'json', 'own.service'),
  ).not.toContain('"profile"')
})

it('says so before a plan, and before what speaks for and against a directive', async () => {
  expect(await stdout('security', '--plan', ...auto, 'own.service')).toContain(
    'auto: hardened alone (nothing tells for sure what own needs)',
  )
  expect(
    JSON.parse(await stdout('security', '--plan', '--json', 'short', ...auto, 'own.service')),
  ).toMatchObject({profile: own})
  expect(await stdout('why-not', ...auto, 'ProtectHome=yes', 'shop.service')).toMatch(
    /^Profile by evidence: web-service, as `gunicorn` serves applications\n/,
  )
})

it('may be in a config, where others are named for some files', async () => {
  const profile = async (file: string): Promise<unknown> =>
    (JSON.parse(await stdout('print-config', '--config', 'named.json', file)) as {profile: unknown})
      .profile
  expect(await profile('shop.service')).toBe('auto')
  expect(await profile('own.service')).toMatchObject({closed: true})
})
