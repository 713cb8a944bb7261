import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const config = JSON.stringify({
  extends: [],
  rules: {'no-unknown-directive': 'error', 'no-unitless-time': 'warn', 'private-tmp': 'info'},
})
const service = (lines: string): string => `[Service]\nExecStart=/usr/bin/unheard-of\n${lines}`
const two = service('PrivatTmp=yes\nNoSuch=1\n')

function folder(files: Readonly<Record<string, string>>): string {
  return makeFolder({'unitlint.config.json': config, ...files})
}

/** The status, what is told of rules, and standard error. */
async function lint(
  cwd: string,
  ...argv: string[]
): Promise<[status: number, told: string[], stderr: string]> {
  const {status, stdout, stderr} = await cli(['--format', 'json', ...argv], {cwd})
  const entries = (stdout === '' ? [] : JSON.parse(stdout)) as Array<{
    filePath: string
    messages: Array<{ruleId: string; line: number; severity: number}>
  }>
  const told = entries.flatMap(({filePath, messages}) =>
    messages
      .filter(({severity}) => severity > 0)
      .map(({ruleId, line}) => `${path.basename(filePath)}:${line} ${ruleId}`),
  )
  return [status, told, stderr]
}

const update = ['--baseline', 'base.json', '--update-baseline']
const compare = ['--baseline', 'base.json']
const findings = (cwd: string, name = 'base.json'): unknown =>
  (JSON.parse(readFileSync(path.join(cwd, name), 'utf8')) as {findings: unknown}).findings

describe('--baseline', () => {
  it('passes over what it has, wherever that stands now, and fails for more', async () => {
    const cwd = folder({
      'units/b.service': two,
      'units/a.service': service('RestartSec=90\n'),
      'units/clean.service': service(''),
    })
    expect(await lint(cwd, 'units', ...update)).toEqual([
      0,
      [],
      'base.json: Written, with 3 findings of this run\n',
    ])
    expect(readFileSync(path.join(cwd, 'base.json'), 'utf8')).toBe(
      `${JSON.stringify({version: 1, findings: {'units/a.service': {'no-unitless-time': 1}, 'units/b.service': {'no-unknown-directive': 2}}}, undefined, 2)}\n`,
    )
    const known: [number, string[], string] = [0, [], 'base.json: 3 known findings not told\n']
    expect(await lint(cwd, 'units', ...compare)).toEqual(known)
    // From elsewhere, by a whole path, with lines above it.
    expect(
      await lint(path.join(cwd, 'units'), '.', '--baseline', '../base.json', '--max-warnings', '0'),
    ).toEqual([0, [], '../base.json: 3 known findings not told\n'])
    writeFileSync(path.join(cwd, 'units/b.service'), `# a line\n\n${two}`)
    expect(await lint(cwd, path.join(cwd, 'units'), ...compare)).toEqual(known)
    writeFileSync(path.join(cwd, 'units/b.service'), `${two}Other=1\n`)
    writeFileSync(path.join(cwd, 'units/new.service'), service('Third=1\n'))
    expect(await lint(cwd, 'units', ...compare)).toEqual([
      1,
      [
        'b.service:3 no-unknown-directive',
        'b.service:4 no-unknown-directive',
        'b.service:5 no-unknown-directive',
        'new.service:3 no-unknown-directive',
      ],
      'units/b.service: 3 findings of `no-unknown-directive`, expected at most 2 (base.json)\nbase.json: 1 known finding not told\n',
    ])
  })

  it('has drop-ins by themselves', async () => {
    const cwd = folder({'a.service': two, 'a.service.d/x.conf': '[Service]\nNoSuch=1\n'})
    expect((await lint(cwd, '.', ...update))[0]).toBe(0)
    expect(findings(cwd)).toEqual({
      'a.service': {'no-unknown-directive': 2},
      'a.service.d/x.conf': {'no-unknown-directive': 1},
    })
    expect((await lint(cwd, 'a.service', ...compare))[0]).toBe(0)
  })

  it('is told to be too long, and drops with an update what is gone: findings, rules and files', async () => {
    const cwd = folder({'a.service': two, 'b.service': two, 'c.service': two})
    await lint(cwd, '.', ...update)
    writeFileSync(path.join(cwd, 'a.service'), service('NoSuch=1\n'))
    writeFileSync(path.join(cwd, 'b.service'), service(''))
    rmSync(path.join(cwd, 'c.service'))
    expect(await lint(cwd, '.', ...compare)).toEqual([
      0,
      [],
      'base.json: 1 known finding not told; 5 findings gone, expected `--update-baseline` to take out what is\n',
    ])
    await lint(cwd, '.', ...update)
    expect(findings(cwd)).toEqual({'a.service': {'no-unknown-directive': 1}})
    expect(await lint(cwd, '.', ...compare)).toEqual([
      0,
      [],
      'base.json: 1 known finding not told\n',
    ])
  })

  it('keeps what it has of files that a run does not look at', async () => {
    const cwd = folder({
      'a.service': two,
      'b.service': two,
      'base.json': JSON.stringify({$schema: 'x', version: 1, findings: {'b.service': {other: 3}}}),
    })
    await lint(cwd, 'a.service', ...update)
    expect(JSON.parse(readFileSync(path.join(cwd, 'base.json'), 'utf8'))).toEqual({
      $schema: 'x',
      version: 1,
      findings: {'a.service': {'no-unknown-directive': 2}, 'b.service': {other: 3}},
    })
  })

  it('comes after fixes, made or shown', async () => {
    const cwd = folder({})
    const rules = ['--rule', 'no-unknown-directive: off', '--rule', 'no-overridden-value: error']
    const text = service('PrivateTmp=no\nPrivateTmp=yes\nNoSuch=1\n')
    writeFileSync(path.join(cwd, 'a.service'), text)
    expect((await cli(['a.service', ...rules, '--diff'], {cwd})).status).toBe(1)
    await lint(cwd, 'a.service', ...rules, ...update)
    expect(findings(cwd)).toEqual({'a.service': {'no-overridden-value': 1}})
    // Nothing new: what the fix would mend is known.
    const {status, stdout} = await cli(['a.service', ...rules, '--diff', ...compare], {cwd})
    expect([status, stdout.includes('-PrivateTmp=no')]).toEqual([0, true])
    const said = await lint(cwd, 'a.service', ...rules, '--fix', ...compare)
    expect(said).toEqual([
      0,
      [],
      'base.json: 1 finding gone, expected `--update-baseline` to take out what is\n',
    ])
    expect(readFileSync(path.join(cwd, 'a.service'), 'utf8')).not.toContain('PrivateTmp=no')
    expect((await lint(cwd, 'a.service', ...rules, '--fix', ...update))[0]).toBe(0)
    expect(findings(cwd)).toEqual({})
    expect(await lint(cwd, 'a.service', '--diff', ...update)).toEqual([
      2,
      [],
      'unitlint: Unexpected `--update-baseline` beside `--diff`, which writes nothing\n',
    ])
  })

  it('never has what went wrong', async () => {
    const cwd = folder({
      'a.service': `[Service]\n${'A=b\n'.repeat(70_000)}`,
      'base.json': '{"version": 1, "findings": {"a.service": {"no-unknown-directive": 2}}}',
    })
    const [status] = await lint(cwd, 'a.service', ...update)
    expect(status).toBe(2)
    expect(findings(cwd)).toEqual({'a.service': {'no-unknown-directive': 2}})
  })

  it('goes with the baseline of exposures', async () => {
    const cwd = folder({'a.service': two})
    const both = ['--baseline', 'base.json', '--exposure-baseline', 'exposure.json']
    expect((await lint(cwd, '.', ...both, '--update-baseline'))[0]).toBe(0)
    expect(existsSync(path.join(cwd, 'exposure.json'))).toBe(true)
    expect((await lint(cwd, '.', ...both))[0]).toBe(0)
  })

  it.each([
    [undefined, 'No such file, expected one that `--update-baseline` has written'],
    ['[]', 'Expected an object with `version` and `findings`'],
    ['{}', 'version: Expected 1'],
    ['{"version": 2, "findings": {}}', 'version: Expected 1'],
    ['{"version": 1, "finding": {}}', 'findings: Expected an object'],
    [
      '{"version": 1, "findings": {}, "more": 1}',
      'Unexpected key `more`, expected `version` or `findings`',
    ],
    [
      '{"version": 1, "findings": {"a.service": {"x": 0}}}',
      'findings: a.service: x: Expected a count',
    ],
    ['{"version": 1, "findings": {"a.service": 3}}', 'findings: a.service: Expected an object'],
  ])('is refused as %s', async (text, message) => {
    const cwd = folder({'a.service': two, ...(text === undefined ? {} : {'base.json': text})})
    expect(await lint(cwd, 'a.service', ...compare)).toEqual([
      2,
      [],
      `--baseline: base.json: ${message}\n`,
    ])
  })

  it('says what is no JSON', async () => {
    const cwd = folder({'a.service': two, 'base.json': '{'})
    expect((await lint(cwd, 'a.service', ...compare))[2]).toMatch(
      /^--baseline: base\.json: Expected JSON: /,
    )
  })
})

describe('--max-exposure with a baseline of exposures', () => {
  const gates = ['--exposure-baseline', 'exposure.json', '--max-exposure', '9.0']
  const bare = service('')

  it('holds new units to the maximum, and old ones to what they were', async () => {
    const cwd = folder({'old.service': bare})
    const written = 'exposure.json: Written, with 1 service of this run\n'
    expect(await lint(cwd, '.', ...gates, '--update-baseline')).toEqual([0, [], written])
    expect(await lint(cwd, '.', ...gates)).toEqual([0, [], ''])
    writeFileSync(path.join(cwd, 'new.service'), bare)
    const tooMuch = ['new.service:1 max-exposure']
    const target = ['--target', '252']
    expect(await lint(cwd, '.', ...target, ...gates)).toEqual([1, tooMuch, ''])
    // An update does not let it in.
    expect(await lint(cwd, '.', ...target, ...gates, '--update-baseline')).toEqual([
      1,
      tooMuch,
      written,
    ])
    expect(JSON.parse(readFileSync(path.join(cwd, 'exposure.json'), 'utf8'))).toEqual({
      'old.service': 96,
    })
    expect(
      await lint(cwd, '.', '--exposure-baseline', 'exposure.json', '--update-baseline'),
    ).toEqual([0, [], 'exposure.json: Written, with 2 services of this run\n'])
    expect(JSON.parse(readFileSync(path.join(cwd, 'exposure.json'), 'utf8'))).toEqual({
      'new.service': 96,
      'old.service': 96,
    })
  })
})

describe('comments with a day', () => {
  it('are held against the day of the run', async () => {
    const cwd = folder({
      'a.service': service(
        '# unitlint-disable-next-line no-unknown-directive until 2026-03-01 -- gone by then\nNoSuch=1\n',
      ),
    })
    const told = async (today: string): Promise<[number, string]> => {
      const {status, stdout} = await cli(
        ['a.service', '--format', 'compact', '--rule', 'private-tmp: off'],
        {cwd, date: () => Date.parse(today)},
      )
      return [status, stdout]
    }
    expect(await told('2026-03-01')).toEqual([0, ''])
    const [status, text] = await told('2026-03-02')
    expect(status).toBe(1)
    expect(text).toMatch(/3:\d+: warning.*that day is past/s)
    expect(text).toMatch(/4:\d+: error.*NoSuch/s)
  })

  it('need a reason where the config says so', async () => {
    const unit = service('# unitlint-disable-next-line no-unknown-directive\nNoSuch=1\n')
    const cwd = makeFolder({
      'unitlint.config.json': config.replace('{', '{"requireReasons": true, '),
      'a.service': unit,
    })
    expect(await lint(cwd, 'a.service')).toEqual([1, ['a.service:3 unused-disable'], ''])
    const shown = await cli(['print-config', 'a.service'], {cwd})
    expect(JSON.parse(shown.stdout)).toMatchObject({requireReasons: true})
  })
})
