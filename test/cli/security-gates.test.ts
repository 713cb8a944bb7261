import {chmodSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {formats} from '../../src/reporters/index.ts'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

/** Nothing but the gates can fail. */
const quiet = ['--no-config', '--rule', 'no-secret-environment: off']
const bare = '[Service]\nExecStart=/usr/bin/unheard-of\n'
const better = `${bare}PrivateNetwork=yes\n`

async function lint(cwd: string, ...argv: string[]): Promise<{status: number; stderr: string}> {
  const {status, stderr} = await cli([...quiet, ...argv], {cwd})
  return {status, stderr}
}

/** What is told that counts. */
async function told(cwd: string, ...argv: string[]): Promise<{status: number; told: string[]}> {
  const {status, stdout, stderr} = await cli([...quiet, ...argv, '-f', 'compact'], {cwd})
  expect(stderr).not.toContain('xposure')
  return {status, told: stdout.split('\n').filter((line) => / error: /.test(line))}
}

describe('--max-exposure', () => {
  it('fails for each service above it, in one line', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'b.service': better,
      'c.socket': '[Socket]\nListenStream=1\n',
    })
    const base = (await lint(cwd, '.')).status
    expect(await lint(cwd, '.', '--max-exposure', '9.6')).toEqual({status: base, stderr: ''})
    expect(await told(cwd, '.', '--max-exposure=9.5')).toEqual({
      status: 1,
      told: [
        'a.service:1:1: error: Unexpected exposure 9.6 UNSAFE, expected at most 9.5 (systemd 252) [max-exposure]',
      ],
    })
    expect((await told(cwd, '.', '--max-exposure=9')).told).toHaveLength(2)
    expect((await told(cwd, '.', '--max-exposure=9.4', '--target=257')).told).toEqual([])
  })

  it('looks at fixes where they are made, not where they are shown', async () => {
    const cwd = makeFolder({'a.service': bare})
    const argv = ['a.service', '--preset', 'strict', '--max-exposure', '5', '-f', 'compact']
    expect((await lint(cwd, ...argv, '--diff')).stderr).toMatch(
      /^a\.service:1:1: error: Unexpected exposure 9\.6 UNSAFE/m,
    )
    expect((await told(cwd, ...argv, '--fix')).told.join('\n')).not.toContain('exposure')
  })

  it('goes by the file as it is where it could not be written', async () => {
    const cwd = makeFolder({'a.service': bare})
    chmodSync(path.join(cwd, 'a.service'), 0o444)
    const argv = ['a.service', '--preset', 'hardened', '--max-exposure', '6', '-f', 'compact']
    const {status, stdout, stderr} = await cli(
      [...quiet, ...argv, '--fix', '--exposure-baseline', 'e.json', '--update-baseline'],
      {cwd},
    )
    expect(status).toBe(2)
    expect(stderr).toContain('a.service: Not written: the file is read-only')
    expect(stdout).not.toMatch(/4\.5/)
    expect(readFileSync(path.join(cwd, 'e.json'), 'utf8')).toContain('"a.service": 96')
    expect((await cli([...quiet, ...argv, '--fix'], {cwd})).stdout).toMatch(
      /Unexpected exposure 9\.6 UNSAFE, expected at most 6\.0/,
    )
  })

  it('takes an exposure only', async () => {
    const cwd = makeFolder({'a.service': bare})
    for (const wrong of ['11', '4.55', '-1', 'x', '1e1', '10.1'])
      expect(await lint(cwd, 'a.service', `--max-exposure=${wrong}`)).toEqual({
        status: 2,
        stderr: `--max-exposure: Unexpected \`${wrong}\`, expected an exposure from 0.0 to 10.0\n`,
      })
  })
})

it.each(formats)('--max-exposure is a finding in %s', async (format) => {
  const cwd = makeFolder({'a.service': bare})
  const {status, stdout} = await cli([...quiet, '.', '--max-exposure=9.5', '-f', format], {cwd})
  expect(status).toBe(1)
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Unexpected exposure 9.6 UNSAFE, expected at most 9.5',
  )
})

describe('--exposure-baseline', () => {
  it('fails only where a service got worse, and tells by how much', async () => {
    const cwd = makeFolder({'units/b.service': better, 'units/a.service': bare, 'ci/readme': ''})
    const baseline = path.join(cwd, 'ci/base.json')
    const status = (await lint(cwd, 'units')).status
    expect(
      await lint(cwd, 'units', '--exposure-baseline', 'ci/base.json', '--update-baseline'),
    ).toEqual({status, stderr: 'ci/base.json: Written, with 2 services of this run\n'})
    expect(readFileSync(baseline, 'utf8')).toBe(
      '{\n  "../units/a.service": 96,\n  "../units/b.service": 91\n}\n',
    )
    expect(await lint(cwd, 'units', '--exposure-baseline', 'ci/base.json')).toEqual({
      status,
      stderr: '',
    })
    // From elsewhere, the paths are the same.
    expect(await lint(path.join(cwd, 'units'), '--exposure-baseline', '../ci/base.json')).toEqual({
      status,
      stderr: '',
    })
    writeFileSync(path.join(cwd, 'units/b.service'), bare)
    writeFileSync(path.join(cwd, 'units/a.service'), better)
    writeFileSync(path.join(cwd, 'units/new.service'), bare)
    expect(await told(cwd, 'units', '--exposure-baseline', 'ci/base.json')).toEqual({
      status: 1,
      told: [
        'units/b.service:1:1: error: Exposure is worse by 0.5: 9.6 UNSAFE, expected at most 9.1 (systemd 252) [exposure-baseline]',
      ],
    })
  })

  it('keeps the entries of files that a run does not look at, and drops those of files that are gone', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'b.service': better,
      'base.json': '{"gone.service": 10, "b.service": 20}',
    })
    await lint(cwd, 'a.service', '--exposure-baseline', 'base.json', '--update-baseline')
    expect(JSON.parse(readFileSync(path.join(cwd, 'base.json'), 'utf8'))).toEqual({
      'a.service': 96,
      'b.service': 20,
    })
  })

  it('is refused where it cannot be read', async () => {
    const cwd = makeFolder({
      'a.service': bare,
      'x.json': '{"a.service": "9.6"}',
      'y.json': '{',
      'z.json': '[]',
    })
    const said = async (...argv: string[]): Promise<string> => {
      const {status, stderr} = await lint(cwd, 'a.service', ...argv)
      expect(status).toBe(2)
      return stderr
    }
    expect(await said('--exposure-baseline', 'none.json')).toBe(
      '--exposure-baseline: none.json: No such file, expected one that `--update-baseline` has written\n',
    )
    expect(await said('--exposure-baseline', 'x.json')).toBe(
      '--exposure-baseline: x.json: a.service: Expected an exposure in tenths, from 0 to 100\n',
    )
    expect(await said('--exposure-baseline', 'y.json')).toMatch(
      /^--exposure-baseline: y\.json: Expected JSON: /,
    )
    expect(await said('--exposure-baseline', 'z.json')).toBe(
      '--exposure-baseline: z.json: Expected an object from paths to exposures\n',
    )
    expect(await said('--exposure-baseline', 'none/x.json', '--update-baseline')).toMatch(
      /^--exposure-baseline: none\/x\.json: /,
    )
    expect(await said('--update-baseline')).toBe(
      'unitlint: Unexpected `--update-baseline` alone, expected `--baseline` or `--exposure-baseline` with it\n',
    )
  })
})
