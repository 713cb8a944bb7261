import {existsSync, renameSync, rmSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {git, identity, put, repository} from '../files/repository.ts'
import {changedUnits} from '../../src/cli/part/changed.ts'
import {unitFiles} from '../../src/files/unit-files.ts'
import {cli} from './cli.ts'

const service = '[Service]\nExecStart=/usr/bin/example\nRestart=always\n'
const units = {
  'units/a.service': service,
  'units/a.service.d/10.conf': '[Service]\nNice=1\n',
  'units/b.service': service,
  'units/b.service.d/10.conf': '[Service]\nNice=1\n',
  'units/c@.service': service,
  'units/x-y.service': service,
  'other/a.service': service,
}

describe('--changed-since', () => {
  it('lints what is changed, new, and not known to git yet', async () => {
    const cwd = repository(units)
    expect(await changed(cwd)).toEqual([])
    put(cwd, 'units/a.service', `${service}Nice=2\n`)
    expect(await changed(cwd)).toEqual(['units/a.service', 'units/a.service.d/10.conf'])
    git(cwd, 'commit', '-qam', 'change')
    put(cwd, 'units/new.service', service)
    expect(await changed(cwd, 'HEAD~1')).toEqual([
      'units/a.service',
      'units/a.service.d/10.conf',
      'units/new.service',
    ])
    expect(await changed(cwd)).toEqual(['units/new.service'])
  })

  it('lints the unit of a drop-in that is changed, new, or gone', async () => {
    const cwd = repository(units)
    put(cwd, 'units/b.service.d/10.conf', '[Service]\nNice=2\n')
    expect(await changed(cwd)).toEqual(['units/b.service', 'units/b.service.d/10.conf'])
    git(cwd, 'checkout', '-q', '.')
    rmSync(path.join(cwd, 'units/a.service.d'), {recursive: true})
    expect(await changed(cwd)).toEqual(['units/a.service'])
    put(cwd, 'units/x-.service.d/20.conf', '[Service]\nNice=3\n')
    expect(await changed(cwd)).toEqual([
      'units/a.service',
      'units/x-.service.d/20.conf',
      'units/x-y.service',
    ])
    git(cwd, 'add', '.')
    git(cwd, 'commit', '-qm', 'prefix')
    rmSync(path.join(cwd, 'units/x-.service.d'), {recursive: true})
    expect(await changed(cwd)).toEqual(['units/x-y.service'])
  })

  it('lints a unit under its new name, and nothing for one that is gone', async () => {
    const cwd = repository(units)
    renameSync(path.join(cwd, 'units/c@.service'), path.join(cwd, 'units/d@.service'))
    rmSync(path.join(cwd, 'other/a.service'))
    git(cwd, 'add', '--all')
    expect(await changed(cwd)).toEqual(['units/d@.service'])
  })

  it('lints the unit that a new link leads to, and units with names of any bytes', async () => {
    const cwd = repository({...units, 'units/ä"\tb.service': service})
    symlinkSync('b.service', path.join(cwd, 'units/alias.service'))
    put(cwd, 'units/ä"\tb.service', `${service}Nice=2\n`)
    expect(await changed(cwd)).toEqual([
      'units/b.service',
      'units/b.service.d/10.conf',
      'units/ä"\tb.service',
    ])
  })

  it('counts from where a branch has parted', async () => {
    const cwd = repository(units)
    git(cwd, 'checkout', '-qb', 'topic')
    put(cwd, 'units/b.service', `${service}Nice=2\n`)
    git(cwd, 'commit', '-qam', 'topic')
    git(cwd, 'checkout', '-q', 'main')
    put(cwd, 'units/a.service', `${service}Nice=2\n`)
    git(cwd, 'commit', '-qam', 'main')
    git(cwd, 'checkout', '-q', 'topic')
    expect(await changed(cwd, 'main')).toEqual(['units/b.service', 'units/b.service.d/10.conf'])
  })

  it('goes through submodules', async () => {
    const inner = repository({'in.service': service, 'same.service': service})
    const cwd = repository(units)
    git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
    expect(await changed(cwd)).toEqual(['sub/in.service', 'sub/same.service'])
    git(cwd, 'commit', '-qm', 'sub')
    expect(await changed(cwd)).toEqual([])
    put(cwd, 'sub/in.service', `${service}Nice=2\n`)
    expect(await changed(cwd)).toEqual(['sub/in.service'])
    git(path.join(cwd, 'sub'), ...identity, 'commit', '-qam', 'inner')
    git(cwd, 'commit', '-qam', 'outer')
    expect(await changed(cwd, 'HEAD~1')).toEqual(['sub/in.service'])
  })

  it('says what is wrong in a line', async () => {
    const elsewhere = makeFolder(units)
    expect(await cli(['--changed-since', 'main', '.'], {cwd: elsewhere})).toEqual({
      status: 2,
      stdout: '',
      stderr: '--changed-since: Not in a git repository\n',
    })
    const cwd = repository(units)
    for (const commit of ['nonsense', '-x', '--output=x', 'HEAD~9', 'main:units']) {
      const {status, stdout, stderr} = await cli([`--changed-since=${commit}`, '.'], {cwd})
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toBe(
        `--changed-since: Unexpected \`${commit}\`, expected a commit, branch or tag that is in this repository; a shallow clone may lack it\n`,
      )
    }
    expect((await cli(['--changed-since=', '.'], {cwd})).status).toBe(2)
    expect(
      await cli(['--changed-since', 'main', path.join(elsewhere, 'other/a.service')], {cwd}),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^\/.*\/other\/a\.service: Outside of the repository that --changed-since asks\n/,
      ),
    })
    expect((await cli(['--changed-since', 'main', '--stdin'], {cwd})).stderr).toBe(
      'unitlint: Unexpected `--changed-since` beside `--stdin`\n',
    )
  })

  it('tells where nothing has changed, and ends with 0', async () => {
    expect(await cli(['--changed-since', 'main'], {cwd: repository(units)})).toEqual({
      status: 0,
      stdout: '',
      stderr: 'unitlint: No unit has changed since `main`\n',
    })
  })

  it('runs no program that the settings of a repository name', async () => {
    const cwd = repository(units)
    git(cwd, 'config', 'core.fsmonitor', 'touch ran; false')
    git(cwd, 'config', 'diff.external', 'touch ran')
    put(cwd, 'units/a.service', `${service}Nice=2\n`)
    expect(await changed(cwd)).toEqual(['units/a.service', 'units/a.service.d/10.conf'])
    expect(git(cwd, '-c', 'core.fsmonitor=false', 'ls-files', '--others')).toBe('')
  })

  it.each(['clean', 'process'])('runs no %s filter, those of submodules neither', async (kind) => {
    const attributes = {'.gitattributes': '*.service filter=x.y=z\n'}
    const inner = repository({...attributes, 'in.service': service})
    const cwd = repository({...attributes, ...units})
    git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
    git(cwd, 'commit', '-qm', 'sub')
    const ran = path.join(makeFolder({}), 'ran')
    for (const top of [cwd, path.join(cwd, 'sub')]) {
      git(top, 'config', `filter.x.y=z.${kind}`, `touch ${ran}; cat`)
      git(top, 'config', 'filter.x.y=z.required', 'true')
    }
    put(cwd, 'units/b.service', `${service}Nice=2\n`)
    put(cwd, 'sub/in.service', `${service}Nice=2\n`)
    expect(await changed(cwd)).toEqual([
      'sub/in.service',
      'units/b.service',
      'units/b.service.d/10.conf',
    ])
    expect(existsSync(ran)).toBe(false)
  })

  it('looks at a unit as often where many others are gone', () => {
    let looks = 0
    const [unit] = unitFiles(['/a/s.service'], {cwd: '/', version: 257})
    if (!unit) throw new Error('Expected a unit')
    const {identity, files, sight, isLeft} = unit
    const counted = {
      files,
      sight,
      isLeft,
      get identity() {
        looks++
        return identity
      },
    }
    const candidates = Array.from({length: 50}, () => ({unit: counted, settings: () => undefined}))
    const gone = Array.from({length: 50}, (_, index) => `/a/gone${index}.service`)
    expect(
      changedUnits(candidates, {top: '/', files: new Set(gone), folders: []}, '/').chosen,
    ).toEqual([])
    expect(looks).toBeLessThanOrEqual(3 * candidates.length)
    expect(
      changedUnits(
        candidates,
        {top: '/', files: new Set([...gone, '/a/s.service.d/a.conf']), folders: []},
        '/',
      ).chosen,
    ).toHaveLength(50)
  })
})

/** The files that are linted of those in a folder. */
async function changed(cwd: string, since = 'main'): Promise<readonly string[]> {
  const {status, stdout, stderr} = await cli(['--changed-since', since, '-f', 'json', '.'], {cwd})
  expect(status).toBeLessThan(2)
  expect(stderr.replace(/^unitlint: No unit.*\n/, '')).toBe('')
  const files = JSON.parse(stdout) as ReadonlyArray<{readonly filePath: string}>
  return files.map(({filePath}) => filePath)
}
