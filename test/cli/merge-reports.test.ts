import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {deflateSync, inflateSync} from 'node:zlib'
import {describe, expect, it} from 'vitest'
import {formats} from '../../src/reporters/index.ts'
import {shardFormats} from '../../src/reporters/shard/embed.ts'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const broken = '[Service]\nExecStart=/usr/bin/example\nRestrat=always\nNice=1\nNice=2\n'
const files = {
  ...Object.fromEntries(Array.from({length: 9}, (_, index) => [`u${index}.service`, broken])),
  'u3.timer': '[Timer]\nOnCalendar=daily\nOnUnitActiveSec=x\n',
  'u3-x.service': broken,
  'u3.service.d/a.conf': '[Service]\nNoNewPrivileges=maybe\n',
  'nested/u3.service': '[Unit]\nDescription=Nothing to run\n',
  'clean.timer': '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n',
  // It amends services of all shards.
  'service.d/all.conf': '[Service]\nLimitNOFILE=none\nEnvironment=A=%q\n[Foo]\nBar=1\n',
  'a<script>&--x.service':
    '[Service]\nExecStart=/bin/x\nDescription=<!-- unitlint-shard AAAA -->\n',
  'unitlint.config.json': JSON.stringify({
    overrides: [
      {files: ['u7.service'], rules: {'no-unknown-directive': 'off', 'private-tmp': 'error'}},
    ],
  }),
}
const mergeable = shardFormats.filter((format) => formats.includes(format))

describe('merge-reports', () => {
  it.each(mergeable)(
    'puts the reports of shards together to that of one run: %s',
    async (format) => {
      for (const flags of [
        ['--quiet'],
        ['--preset', 'strict', '--target', '252', '--target', '257'],
      ]) {
        const cwd = makeFolder(files)
        const whole = await cli([...flags, '-f', format, '.'], {cwd})
        for (const count of [2, 7]) {
          const reports = await shards(cwd, count, ['-f', format, ...flags])
          expect(await cli(['merge-reports', ...reports.toReversed()], {cwd})).toEqual(whole)
        }
      }
    },
  )

  it('makes any format of reports in JSON', async () => {
    const cwd = makeFolder(files)
    const reports = await shards(cwd, 3, ['-f', 'json'])
    for (const format of formats)
      expect(await cli(['merge-reports', '-f', format, ...reports], {cwd})).toEqual(
        await cli(['-f', format, '.'], {cwd}),
      )
  })

  it('takes shards without units, and a folder of reports', async () => {
    const cwd = makeFolder({'units/a.service': broken, 'units/b.service': broken})
    for (const format of mergeable) {
      const folder = path.join(makeFolder({'out/x': ''}), 'out')
      for (let index = 1; index <= 4; index++)
        await cli(
          ['-f', format, '--shard', `${index}/4`, 'units', '-o', path.join(folder, `${index}`)],
          {cwd},
        )
      writeFileSync(path.join(folder, 'x'), readFileSync(path.join(folder, '4')))
      expect((await cli(['merge-reports', folder], {cwd})).status).toBe(2)
      const all = [1, 2, 3, 4].map((index) => path.join(folder, String(index)))
      expect(await cli(['merge-reports', ...all], {cwd})).toEqual(
        await cli(['-f', format, 'units'], {cwd}),
      )
      const only = makeFolder(
        Object.fromEntries(all.map((file) => [path.basename(file), readFileSync(file)])),
      )
      expect(
        (await cli(['merge-reports', only, '-o', path.join(folder, 'merged')], {cwd})).status,
      ).toBe(1)
      expect(readFileSync(path.join(folder, 'merged'), 'utf8')).toBe(
        (await cli(['-f', format, 'units'], {cwd})).stdout,
      )
    }
  })

  it('has each unit in one shard, and what belongs together in the same', async () => {
    const cwd = makeFolder(files)
    const all = await Promise.all(
      [1, 2, 3, 4].map(async (index) =>
        entriesOf((await cli(['-f', 'json', '--shard', `${index}/4`, '.'], {cwd})).stdout),
      ),
    )
    const whole = entriesOf((await cli(['-f', 'json', '.'], {cwd})).stdout)
    const own = (name: string): boolean => !name.startsWith('service.d/')
    expect(all.flat().filter(own).toSorted()).toEqual(whole.filter(own).toSorted())
    expect(all.filter((names) => names.includes('u3.service'))).toEqual([
      expect.arrayContaining(['u3.timer', 'u3.service.d/a.conf']),
    ])
    expect(all.every((names) => names.length > 0)).toBe(true)
  })

  it('says what is wrong with shards in a line', async () => {
    const cwd = makeFolder(files)
    const [one = '', two = '', three = ''] = await shards(cwd, 3, ['-f', 'json'])
    const [, other = ''] = await shards(cwd, 2, ['-f', 'json'])
    const [, strict = ''] = await shards(cwd, 3, ['-f', 'json', '--preset', 'strict'], 'strict')
    const [, sarif = ''] = await shards(cwd, 3, ['-f', 'sarif'], 'sarif')
    const said = async (...names: readonly string[]): Promise<string> => {
      const {status, stdout, stderr} = await cli(['merge-reports', ...names], {cwd})
      expect([status, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^[^\n]+\n$/)
      return stderr
    }
    expect(await said(one, three)).toBe('unitlint: Expected shard 2 of 3 as well\n')
    expect(await said(three)).toBe('unitlint: Expected shards 1, 2 of 3 as well\n')
    expect(await said(one, two, two, three)).toBe(
      `${two}: Shard 2 of 3, as ${two} is, expected each once\n`,
    )
    expect(await said(one, other, three)).toBe(
      `${other}: Shard 2 of 2, expected one of 3, as ${one} is\n`,
    )
    expect(await said(one, strict, three)).toBe(
      `${strict}: Judged by other rules, targets or options than ${one}, expected the same configs and options for all shards\n`,
    )
    expect(await said(one, sarif, three)).toMatch(
      /^unitlint: Reports in several formats, such as .*; expected `--format` with them\n$/,
    )
    expect(await said()).toBe('unitlint: Expected the reports of all shards\n')
    expect(await said('none.json')).toBe('none.json: No such file\n')
    writeFileSync(
      path.join(cwd, 'plain.json'),
      (await cli(['-f', 'json', 'u1.service'], {cwd})).stdout,
    )
    expect(await said('plain.json')).toMatch(
      /^plain\.json: Unexpected contents, expected the report of a run with `--shard`/,
    )
    writeFileSync(
      path.join(cwd, 'cut.json'),
      readFileSync(path.join(cwd, one), 'utf8').replace(/^(\[\{"shard":"[^"]{40})[^"]*/, '$1'),
    )
    expect(await said('cut.json')).toBe(
      'cut.json: Damaged, or written by another version of unitlint\n',
    )
    for (const length of [11, 40]) {
      writeFileSync(
        path.join(cwd, 'cut.json'),
        readFileSync(path.join(cwd, two), 'utf8').slice(0, length),
      )
      expect(await said(one, 'cut.json', three)).toBe(
        'cut.json: Damaged, or written by another version of unitlint\n',
      )
    }
    writeFileSync(
      path.join(cwd, 'older.json'),
      ofVersion(readFileSync(path.join(cwd, two), 'utf8'), '0.0.1'),
    )
    expect(await said(one, 'older.json', three)).toBe(
      'older.json: Written by unitlint 0.0.1, expected 0.1.0, as this is\n',
    )
    writeFileSync(path.join(cwd, 'new.service'), broken)
    const [, , more = ''] = await shards(cwd, 3, ['-f', 'json'], 'more')
    expect(await said(one, two, more)).toBe(
      `${more}: Shard of other units than ${one}, expected the same files and options for all shards\n`,
    )
  })

  it('keeps what could not be read, and its status', async () => {
    const cwd = makeFolder({...files, 'gone.service': {link: 'nowhere.service'}})
    const reports = await shards(cwd, 3, ['-f', 'json'])
    const whole = await cli(['-f', 'json', '.'], {cwd})
    expect(whole.status).toBe(2)
    expect(await cli(['merge-reports', ...reports], {cwd})).toEqual(whole)
  })

  it('counts the warnings of all', async () => {
    const cwd = makeFolder({'a.service': broken, 'b.service': broken})
    const reports = await shards(cwd, 2, ['-f', 'json', '--rule', 'no-unknown-directive: warn'])
    expect(await cli(['merge-reports', '--max-warnings', '1', ...reports], {cwd})).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^unitlint: \d+ warnings, expected at most 1\n$/),
    })
  })

  it.each(['0/4', '5/4', '1', '1/0', 'a/b', '1/10000', '-1/2', '1.5/2', ''])(
    'takes no shard `%s`',
    async (shard) => {
      const {status, stderr} = await cli([`--shard=${shard}`, '.'], {cwd: makeFolder(files)})
      expect([status, stderr]).toEqual([
        2,
        `--shard: Unexpected \`${shard}\`, expected I/N, with I from 1 to N and N at most 9999\n`,
      ])
    },
  )
})

async function shards(
  cwd: string,
  count: number,
  flags: readonly string[],
  name = `of-${count}`,
): Promise<readonly string[]> {
  const reports = Array.from({length: count}, (_, index) => `${name}-${index + 1}.report`)
  for (const [index, report] of reports.entries())
    await cli([...flags, '--shard', `${index + 1}/${count}`, '-o', report, '.'], {cwd})
  return reports
}

function entriesOf(report: string): readonly string[] {
  return (JSON.parse(report) as ReadonlyArray<{readonly filePath: string}>).map(
    ({filePath}) => filePath,
  )
}

/** The report as another version would have written it. */
function ofVersion(report: string, version: string): string {
  return report.replace(/^(\[\{"shard":")([^"]*)/, (_, start: string, packed: string) => {
    const text = inflateSync(Buffer.from(packed, 'base64')).toString()
    return (
      start +
      deflateSync(text.replace(/"version":"[^"]*"/, `"version":"${version}"`)).toString('base64')
    )
  })
}
