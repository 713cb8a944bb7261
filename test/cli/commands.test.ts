import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {target} from '../../src/facts/targets.ts'
import {makeFolder} from '../files/folder.ts'
import {acme} from './acme.ts'
import {cli} from './cli.ts'

describe('rules', () => {
  it('lists all of them with their presets, those of plugins too', async () => {
    const {status, stdout} = await cli(['rules'], {cwd: makeFolder(acme)})
    expect(status).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...rules.map(({id}) => id),
      'acme/no-todo',
      'acme/no-draft',
      'acme/crash',
    ])
    expect(lines.at(-1)).toMatch(/^acme\/crash +Summary {2}\(no preset\)$/)
    expect(lines.find((line) => line.startsWith('no-unreadable-unit '))).toMatch(
      /\(all.*, recommended.*\)$/,
    )
  })

  it('tells all about them as JSON', async () => {
    const {stdout} = await cli(['rules', '--json'], {cwd: makeFolder()})
    const listed = JSON.parse(stdout) as Array<{id: string; presets: Record<string, string>}>
    expect(listed.map(({id}) => id)).toEqual(rules.map(({id}) => id))
    expect(listed.find(({id}) => id === 'private-tmp')).toMatchObject({
      why: expect.any(String),
      directives: ['PrivateTmp'],
      options: {type: 'object', properties: {atLeast: {default: 'yes'}}},
      presets: {all: 'error', strict: 'error'},
      examples: {bad: [expect.any(String)]},
    })
    for (const {presets: its} of listed)
      expect(Object.keys(presets)).toEqual(expect.arrayContaining(Object.keys(its)))
  })
})

describe('targets', () => {
  it('lists the systemds with their releases', async () => {
    const {status, stdout} = await cli(['targets'], {cwd: makeFolder()})
    expect(status).toBe(0)
    expect(stdout).toContain('\n252  debian-12 = bookworm, rhel-9')
    expect(stdout).toContain('all from 252 on')
  })

  it('lists them as JSON, each of which can be named', async () => {
    const {stdout} = await cli(['targets', '--json'], {cwd: makeFolder()})
    // As the table.
    const targets = JSON.parse(stdout) as Array<{
      version: number
      releases: Array<{name: string; aliases: string[]}>
    }>
    const named = targets.flatMap(({version, releases}) => [
      String(version),
      ...releases.flatMap(({name, aliases}) => [name, ...aliases]),
    ])
    expect(named).toContain('trixie')
    expect(named.filter((name) => target(name) === undefined)).toEqual([])
  })

  it('takes nothing else', async () => {
    expect(await cli(['targets', 'x'], {cwd: makeFolder()})).toMatchObject({status: 2, stdout: ''})
  })
})

describe('explain', () => {
  it('tells what a rule wants and why, when not, its options, presets and examples', async () => {
    const {status, stdout} = await cli(['explain', 'private-tmp'], {cwd: makeFolder()})
    const rule = rules.find(({id}) => id === 'private-tmp')
    expect(status).toBe(0)
    const words = stdout.replaceAll(/\s+/g, ' ')
    for (const part of [
      rule?.id,
      rule?.summary,
      rule?.why,
      `Not for you when: ${rule?.unless}`,
      'Presets: all (error)',
      'Options: atLeast (',
      'Bad: [Service]',
      'Good: [Service]',
    ])
      expect(words).toContain(part)
    expect(stdout).not.toContain('\u001B')
    expect(
      (await cli(['explain', 'private-tmp', '--color'], {cwd: makeFolder()})).stdout,
    ).toContain('\u001B[1mprivate-tmp')
  })

  it('tells every rule', async () => {
    const cwd = makeFolder(acme)
    for (const id of [...rules.map((rule) => rule.id), 'acme/no-todo']) {
      const {status, stdout} = await cli(['explain', id], {cwd})
      expect([status, stdout.split('\n')[0]]).toEqual([0, id])
      expect(
        stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  ')),
      ).toEqual([])
    }
  })

  it('tells of a directive where it may stand, since when, and which rules are about it', async () => {
    const cwd = makeFolder()
    const {stdout} = await cli(['explain', 'PrivateTmp'], {cwd})
    expect(stdout).toMatch(/^PrivateTmp=\n.*\n*Sections +\[Service\], /s)
    expect(stdout).toMatch(/Rules:\n(?: {2}.*\n)* {2}private-tmp: /)
    expect((await cli(['explain', 'PrivateTmp='], {cwd})).stdout).toBe(stdout)
    expect((await cli(['explain', 'PrivatePIDs'], {cwd})).stdout).toMatch(/^Since +257$/m)
    expect((await cli(['explain', 'Description'], {cwd})).stdout).not.toContain('Rules:')
  })
})

it('print-config tells what is in force for a file', async () => {
  const cwd = makeFolder({
    'unitlint.config.json':
      '{"extends": ["backup-job"], "targets": ["debian-12"], "ignores": ["old"], "overrides": [{"files": ["*.timer"], "manager": "user"}]}',
  })
  const shown = async (file: string, ...argv: string[]): Promise<unknown> =>
    JSON.parse((await cli(['print-config', file, ...argv], {cwd})).stdout)
  expect(await shown('a.service')).toMatchObject({
    config: `${cwd}/unitlint.config.json`,
    isIgnored: false,
    targets: [{name: 'debian-12', version: 252}],
    manager: 'system',
    profile: {closed: true},
    rules: {'private-tmp': ['error', {atLeast: 'yes'}]},
  })
  expect(await shown('old/a.timer')).toMatchObject({isIgnored: true, manager: 'user'})
  expect(
    await shown('a.service', '--no-config', '--rule', 'private-tmp: off', '--target', '257'),
  ).toMatchObject({
    config: null,
    targets: [{version: 257}],
    profile: null,
  })
  expect(await shown('a.service', '--rule', 'private-tmp: off')).not.toHaveProperty([
    'rules',
    'private-tmp',
  ])
})

describe('init', () => {
  it('writes a config that works, once', async () => {
    const cwd = makeFolder()
    expect(await cli(['init'], {cwd})).toEqual({
      status: 0,
      stdout: 'Wrote unitlint.config.json\n',
      stderr: '',
    })
    const text = readFileSync(`${cwd}/unitlint.config.json`, 'utf8')
    expect((await cli(['print-config', 'a.service'], {cwd})).status).toBe(0)
    expect(await cli(['init'], {cwd})).toEqual({
      status: 2,
      stdout: '',
      stderr: 'unitlint.config.json: Already there, left as it is\n',
    })
    expect(readFileSync(`${cwd}/unitlint.config.json`, 'utf8')).toBe(text)
  })

  it('leaves configs of other kinds alone', async () => {
    const cwd = makeFolder()
    writeFileSync(`${cwd}/unitlint.config.mjs`, '')
    expect((await cli(['init'], {cwd})).stderr).toBe(
      'unitlint.config.mjs: Already there, left as it is\n',
    )
    expect(existsSync(`${cwd}/unitlint.config.json`)).toBe(false)
  })
})
