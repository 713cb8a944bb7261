import {describe, expect, it} from 'vitest'
import {cli} from './cli.ts'
import {makeFolder} from '../files/folder.ts'

const unit = '[Service]\nExecStart=/bin/true\nPrivateTmp=maybe\n'

describe('`-` is standard input', () => {
  it('is linted as with --stdin', async () => {
    const cwd = makeFolder({})
    const dashed = await cli(['-'], {cwd, stdin: unit})
    expect(dashed.stdout).toContain('stdin.service')
    expect(dashed).toEqual(await cli(['--stdin'], {cwd, stdin: unit}))
    expect(await cli(['-', '--stdin'], {cwd, stdin: unit})).toEqual(dashed)
  })

  it('has the name that it is given, and the drop-ins of that name', async () => {
    const cwd = makeFolder({'a.service.d/10.conf': '[Service]\nNice=5\n'})
    expect((await cli(['-', '--stdin-filename', 'b.timer'], {cwd, stdin: unit})).stdout).toContain(
      'b.timer',
    )
    const shown = await cli(['show', '-', '--stdin-filename', 'a.service'], {cwd, stdin: unit})
    expect(shown).toMatchObject({status: 0, stderr: ''})
    expect(shown.stdout).toMatch(/^ExecStart=\/bin\/true\b/m)
    expect(shown.stdout).toMatch(/^Nice=5\b/m)
  })

  it('is scored, whatever kind of unit it is, and asked about', async () => {
    const cwd = makeFolder({})
    const scored = await cli(['security', '-'], {cwd, stdin: unit})
    expect(scored).toMatchObject({status: 0, stderr: ''})
    expect(scored.stdout).toContain('Overall exposure level for stdin.service')
    const socket = await cli(['security', '-', '--stdin-filename', 'a.socket'], {
      cwd,
      stdin: '[Socket]\nListenStream=/run/a\n',
    })
    expect(socket.stdout).toContain('Overall exposure level for a.socket')
    expect((await cli(['why-not', 'PrivateTmp', '-'], {cwd, stdin: unit})).stdout).toContain(
      'PrivateTmp=',
    )
  })

  it('goes out as it came where its config ignores it', async () => {
    const cwd = makeFolder({'unitlint.config.json': '{"ignores": ["a.service"]}'})
    const argv = ['--fix', '-', '--stdin-filename', 'a.service']
    const stderr = 'a.service: Ignored, as its config says\n'
    expect(await cli(argv, {cwd, stdin: unit})).toEqual({status: 0, stdout: unit, stderr})
    const [, ...linted] = argv
    expect(await cli(linted, {cwd, stdin: unit})).toMatchObject({status: 0, stderr})
    for (const more of ['--diff', '--fix-to=dropin'])
      expect((await cli([...argv, more], {cwd, stdin: unit})).stdout, more).toBe('')
  })

  it.each([
    [['show', '-', '--stdin-filename', 'a.txt'], /^--stdin-filename: Unexpected file name/],
    [['security', '-', 'a.service'], /^unitlint: Unexpected file `a.service` beside `-`\n$/],
  ])('%j is refused', async (argv, stderr) => {
    expect(await cli(argv, {cwd: makeFolder({}), stdin: unit})).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(stderr),
    })
  })
})
