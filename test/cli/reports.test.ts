import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const wrong = '[Service]\nExecStart=/usr/bin/example\nPrivatTmp=yes\n'
const files = {
  'a.service': wrong,
  'b.timer': '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n',
  'c.service.in': '@x@\n',
}
const read = (cwd: string, name: string): string => readFileSync(path.join(cwd, name), 'utf8')

describe('several reports of a run', () => {
  it('go to their files, and one to standard output or to that of `-o`', async () => {
    const cwd = makeFolder(files)
    const alone = await cli(['--no-config', '-f', 'json', '.'], {cwd})
    const {status, stdout} = await cli(
      ['--no-config', '-f', 'sarif:a:b.sarif', '-f', 'compact', '-f', 'json:x.json', '.'],
      {cwd},
    )
    expect([status, stdout]).toEqual([
      1,
      (await cli(['--no-config', '-f', 'compact', '.'], {cwd})).stdout,
    ])
    expect(read(cwd, 'x.json')).toBe(alone.stdout)
    expect(JSON.parse(read(cwd, 'a:b.sarif'))).toMatchObject({version: '2.1.0'})
    expect(
      (await cli(['--no-config', '-f', 'json:y.json', '-o', 'y.txt', '.'], {cwd})).stdout,
    ).toBe('')
    expect(read(cwd, 'y.txt')).toContain('✖ 1 error')
    expect((await cli(['--no-config', '-f', 'json:z.json', '.'], {cwd})).stdout).toBe('')
  })

  it.each([
    [['-f', 'xml'], /^--format: Unexpected format `xml`/],
    [['-f', 'json:'], /^--format: Expected a file after `json:`\n$/],
    [['-f', 'json:x', '-f', 'sarif:x'], /^--format: Unexpected `x` for two reports\n$/],
    [
      ['--statistics', '-f', 'sarif'],
      /^--statistics: Unexpected format `sarif` with it, expected `stylish` or `json`\n$/,
    ],
    [['-f', 'json:a.service/x.json'], /\n--output-file: [^\n]*\/a\.service\/x\.json: [^\n]+\n$/],
  ])('are refused where they make no sense: %j', async (argv, stderr) => {
    expect(await cli(['--no-config', ...argv, '.'], {cwd: makeFolder(files)})).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(stderr),
    })
  })
})

it('what fixes take off the exposure is in a page, also in one of several machines', async () => {
  const cwd = makeFolder({
    'a.service': '[Service]\nExecStart=/usr/bin/example\n',
    'b.service': '[Service]\nExecStart=/usr/bin/example\n',
  })
  const lint = ['--no-config', '--preset', 'hardened']
  await cli([...lint, '-f', 'html:page.html', '.'], {cwd})
  const gains = (page: string): string[] => page.match(/<span class="gain">0\.\d\d</g) ?? []
  expect(gains(read(cwd, 'page.html')).length).toBeGreaterThan(20)
  const parts = ['1/2', '2/2'].map((part) => part.replace('/', '-of-') + '.json')
  for (const [index, file] of parts.entries())
    await cli([...lint, '--shard', `${index + 1}/2`, '-f', `json:${file}`, '.'], {cwd})
  const {stdout} = await cli(['merge-reports', '-f', 'html', ...parts], {cwd})
  expect(gains(stdout)).toEqual(gains(read(cwd, 'page.html')))
})

describe('--statistics', () => {
  it('counts in the place of telling', async () => {
    const cwd = makeFolder(files)
    const {stdout} = await cli(['--no-config', '--statistics', '.'], {cwd})
    expect(stdout).toMatch(/^COUNT +FIXABLE +UNSAFELY +SEVERITY +RULE\n/)
    expect(stdout).toMatch(/^ +1 +0 +1 +error +no-unknown-directive$/m)
    const figures = await cli(['--no-config', '--statistics', '-f', 'json', '.'], {cwd})
    expect(JSON.parse(figures.stdout)).toContainEqual({
      ruleId: 'no-unknown-directive',
      severity: 2,
      count: 1,
      fixable: 0,
      unsafelyFixable: 1,
    })
  })
})

describe('the last line', () => {
  it('says what was passed over, and that not all could be judged', async () => {
    const cwd = makeFolder({
      ...files,
      'a.service': wrong.replace('PrivatTmp', 'PrivateTmp'),
      'gone.service': {link: 'nowhere'},
    })
    const {status, stdout} = await cli(['--no-config', '.'], {cwd})
    expect(status).toBe(2)
    expect(stdout).toMatch(
      /\n⚠ no errors, no warnings · 2 units for systemd 252 and later; 1 template skipped; not all could be judged; worst exposure [\d.]+ [A-Z]+ \(a\.service\)\n$/,
    )
  })

  it('is not there for `--quiet`, nor where nothing could be judged', async () => {
    const cwd = makeFolder(files)
    expect((await cli(['--no-config', '--quiet', 'b.timer'], {cwd})).stdout).toBe('')
    expect((await cli(['--no-config', 'none.service'], {cwd})).stdout).toBe('')
    expect((await cli(['--no-config', 'b.timer', '--target', '257'], {cwd})).stdout).toBe(
      '✔ no errors, no warnings · 1 unit for systemd 257\n',
    )
  })
})

describe('links to rules', () => {
  const link = '\u001B]8;;file://'
  it.each([
    [{TERM_PROGRAM: 'WezTerm'}, true, true],
    [{TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.9'}, true, false],
    [{VTE_VERSION: '7600'}, true, true],
    [{VTE_VERSION: '7600', CI: 'true'}, true, false],
    [{VTE_VERSION: '7600', NO_COLOR: '1'}, true, false],
    [{VTE_VERSION: '7600', FORCE_HYPERLINK: '0'}, true, false],
    [{TERM: 'xterm'}, true, false],
    [{VTE_VERSION: '7600'}, false, false],
    [{FORCE_HYPERLINK: '1'}, false, true],
  ])('are there for %j, a terminal: %j', async (env, isTTY, isLinked) => {
    const {stdout} = await cli(['--no-config', 'a.service'], {cwd: makeFolder(files), env, isTTY})
    expect(stdout.includes(link)).toBe(isLinked)
    if (isLinked)
      expect(stdout).toMatch(/\/docs\/rules\/no-unknown-directive\.md\u0007no-unknown-directive/)
  })
})
