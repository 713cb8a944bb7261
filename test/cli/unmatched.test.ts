import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const unit = '[Unit]\nDescription=A\n[Service]\nExecStart=/bin/true\n'

describe('--no-error-on-unmatched-pattern', () => {
  it.each([
    ['*.timer', 'No unit file matches this glob'],
    ['empty', 'No unit files in this folder'],
    ['gone.service', 'No such file or folder'],
    ['README.md', expect.stringContaining('Unexpected file name, expected a unit')],
  ])('%s is no fault, and told in a line', async (name, message) => {
    const cwd = makeFolder({'empty/x.txt': '', 'README.md': '', 'a.service': unit})
    const strict = await cli([name, '--no-config'], {cwd})
    expect(strict.status).toBe(2)
    const lenient = await cli([name, '--no-error-on-unmatched-pattern'], {cwd})
    expect(lenient).toEqual({status: 0, stdout: '', stderr: strict.stderr})
    expect(lenient.stderr.slice(name.length + 2, -1)).toEqual(message)
    const [first] = JSON.parse(
      (
        await cli(
          [
            name,
            'a.service',
            '--preset',
            'verify',
            '-f',
            'json',
            '--no-error-on-unmatched-pattern',
          ],
          {cwd},
        )
      ).stdout,
    ) as unknown[]
    expect(first).toMatchObject({errorCount: 0})
  })

  it('holds where all is ignored', async () => {
    const cwd = makeFolder({
      'a.service': unit,
      'unitlint.config.json': '{"ignores": ["*.service"]}',
    })
    expect((await cli(['.'], {cwd})).status).toBe(2)
    expect(await cli(['.', '--no-error-on-unmatched-pattern'], {cwd})).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^unitlint: No units: .*\n$/),
    })
  })

  it('leaves other faults as they are', async () => {
    const cwd = makeFolder({'a.service': unit})
    expect(
      (await cli(['a.service', '--config', 'nope.json', '--no-error-on-unmatched-pattern'], {cwd}))
        .status,
    ).toBe(2)
  })

  it('says of a mask that it is one, and counts those of a folder', async () => {
    const cwd = makeFolder({
      'off.service': {link: '/dev/null'},
      'more/x.timer': {link: '/dev/null'},
    })
    const said = 'off.service: Masked: it leads to `/dev/null`, and there is nothing to read\n'
    expect(await cli(['off.service'], {cwd})).toEqual({
      status: 0,
      stdout: '✔ no errors, no warnings · 0 units; 1 mask skipped\n',
      stderr: said,
    })
    expect((await cli(['.', '-f', 'compact'], {cwd})).stderr).toBe('')
    expect((await cli(['.'], {cwd})).stdout).toContain('0 units; 2 masks skipped')
    for (const argv of [['show'], ['why-not', 'PrivateTmp'], ['harden', '--yes']])
      expect(await cli([...argv, 'off.service'], {cwd}), argv[0]).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(said),
      })
  })
})
