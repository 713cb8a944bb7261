import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cutGlob} from '../../src/cli/lint/cut-glob.ts'
import {cli} from './cli.ts'

const unit = '[Service]\nExecStart=/usr/bin/example\n'
const files = {
  'u/top.service': unit,
  'u/a/a.service': unit,
  'u/b/b.service': unit,
  'u/b/b.timer': unit,
  'u/b/.c/hidden.service': unit,
}
const deep = {...files, 'u/b/c/d/deep.service': unit}
const named = ['u/a/a.service', 'u/b/b.service']

async function said(
  its: Readonly<Record<string, string>>,
  args: readonly string[],
  cwd = '.',
): Promise<string> {
  const folder = makeFolder(its)
  return (await cli(args, {cwd: `${folder}/${cwd}`})).stderr
}

describe('a glob over all folders that the shell cut short', () => {
  it('is told with what it misses', async () => {
    const end = 'quote it, as the shell takes `**` for one folder\n'
    expect(await said(files, named)).toBe(
      `unitlint: \`u/top.service\` is not linted: where \`u/**/*.service\` is meant, ${end}`,
    )
    const whole = await said(deep, ['./a/a.service', './b/b.service'], 'u')
    expect(whole).toBe(
      `unitlint: 2 more files, such as \`b/c/d/deep.service\`, are not linted: where \`**/*.service\` is meant, ${end}`,
    )
    expect(await said(deep, ['../a/a.service', '../b/b.service'], 'u/a')).toContain(
      'where `../**/*.service` is meant',
    )
  })

  it.each([
    ['files of several kinds', [...named, 'u/b/b.timer']],
    ['not all that the shell would find', ['u/a/a.service', 'u/b/c/d/deep.service']],
    ['one folder', ['u/a/a.service', 'u/a/a.service']],
    ['one name', ['u/a/a.service']],
    ['quoted', ['u/**/*.service']],
    ['a report for programs', [...named, '-f', 'compact']],
  ])('is not seen in %s', async (_, args) => {
    expect(await said(deep, args)).toBe('')
  })

  it('is not seen where nothing is missed, or only some are named', async () => {
    const {'u/top.service': _top, ...all} = files
    expect(await said(all, named)).toBe('')
    expect(await said({...deep, 'u/e/e.service': unit}, named)).toBe('')
    expect(await said({...all, 'u/b/c/d/deep.service': unit, 'u/.gitignore': 'd/\n'}, named)).toBe(
      '',
    )
  })

  it('is not looked for among the names that a hook hands on', () => {
    const cwd = makeFolder(deep)
    for (const name of ['PRE_COMMIT', 'GIT_INDEX_FILE'])
      expect(cutGlob(named, {cwd, env: {[name]: '1'}})).toBeUndefined()
  })

  it('is not looked for in more than a few folders', () => {
    const folder = makeFolder(deep)
    expect(cutGlob(named, {cwd: folder, env: {}}, 6)).toContain('2 more files')
    expect(cutGlob(named, {cwd: folder, env: {}}, 5)).toBeUndefined()
  })
})
