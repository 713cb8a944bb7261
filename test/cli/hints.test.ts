import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {acme} from './acme.ts'
import {cli} from './cli.ts'

const service = '[Service]\nExecStart=/usr/bin/unheard-of\n'
const misplaced = `[Unit]\nRestart=always\n${service}`
const gentle = 18

interface Json {
  readonly messages: ReadonlyArray<{
    readonly ruleId: string
    readonly severity: number
    readonly note?: string
    readonly fix?: {readonly title: string; readonly applicability: string}
  }>
  readonly errorCount: number
  readonly warningCount: number
  readonly fixableErrorCount: number
  readonly fixableWarningCount: number
}

async function json(cwd: string, ...argv: readonly string[]): Promise<readonly Json[]> {
  const {stdout} = await cli(['--no-config', '-f', 'json', ...argv], {cwd})
  // As our own schema has it.
  return JSON.parse(stdout) as Json[]
}

describe('hardening by default', () => {
  it('is one quiet line a unit that never counts', async () => {
    const cwd = makeFolder({'a.service': service, 'b.service': service})
    const line = `9.6 UNSAFE, 4.5 after --fix (${gentle} options) · --preset hardened lists them`
    const end =
      '✔ no errors, no warnings · 2 units for systemd 252 and later; worst exposure 9.6 UNSAFE (a.service)\n'
    const stdout = `a.service: ${line}\nb.service: ${line}\n\n${end}`
    expect(await cli(['--no-config', '--max-warnings', '0', '.'], {cwd})).toEqual({
      status: 0,
      stdout,
      stderr: '',
    })
    expect(await cli(['--no-config', '--quiet', '.'], {cwd})).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
  })

  it('stands below what else there is to say of a unit', async () => {
    const cwd = makeFolder({'a.service': misplaced, 'b.service': service})
    const {status, stdout} = await cli(['--no-config', '.'], {cwd})
    expect(status).toBe(1)
    expect(stdout.split('\n').filter((line) => line.includes('after --fix (')).length).toBe(2)
    expect(stdout).toMatch(/^ +info +9\.6 UNSAFE, 4\.5 after --fix \(18 options\)/m)
    expect(stdout).toMatch(
      /\n✖ 1 error in 1 file; 1 fixable with --fix · 2 units for systemd 252 and later; worst exposure 9\.6 UNSAFE \(a\.service\)\n$/,
    )
  })

  it.each([
    [
      'compact',
      /^a\.service:1:1: info: 9\.6 UNSAFE, 4\.5 after --fix \(18 options\) · --preset hardened lists them\n$/,
    ],
    [
      'github',
      /^::notice file=a\.service,title=unitlint::9\.6 UNSAFE, 4\.5 after --fix \(18 options\) · --preset hardened lists them\n$/,
    ],
  ])('is one line in %s', async (format, expected) => {
    const cwd = makeFolder({'a.service': service})
    const {status, stdout} = await cli(['--no-config', '-f', format, '.'], {cwd})
    expect([status, stdout]).toEqual([0, expect.stringMatching(expected)])
  })

  it('is told one by one to programs, as information', async () => {
    const cwd = makeFolder({'a.service': service})
    const [file] = await json(cwd, '.')
    expect(file?.messages.map(({severity, fix}) => [severity, fix?.applicability])).toEqual(
      Array.from({length: gentle}, () => [0, 'safe']),
    )
    expect([
      file?.errorCount,
      file?.warningCount,
      file?.fixableErrorCount,
      file?.fixableWarningCount,
    ]).toEqual([0, 0, 0, 0])
    const {stdout} = await cli(['--no-config', '-f', 'sarif', '.'], {cwd})
    expect(stdout.match(/"level":\s?"note"/g)).toHaveLength(gentle)
  })

  it('is what `--fix` inserts, and the run that follows has nothing to say', async () => {
    const cwd = makeFolder({'a.service': service})
    const {status, stdout} = await cli(['--no-config', '--fix', '.'], {cwd})
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/18 fixed; exposure 9\.6 UNSAFE -> 4\.5/),
    ])
    expect(readFileSync(path.join(cwd, 'a.service'), 'utf8')).toContain('\nNoNewPrivileges=yes\n')
    const after =
      '✔ no errors, no warnings · 1 unit for systemd 252 and later; worst exposure 4.5 OK\n'
    expect(await cli(['--no-config', '.'], {cwd})).toEqual({status: 0, stdout: after, stderr: ''})
  })

  it('says why nothing is safe to add, where nothing is', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/opt/x/run.sh\n',
      'b.service': '[Service]\nExecStart=/bin/bash\n',
      'c.service': '# unitlint-disable\n[Service]\nExecStart=/bin/bash\n',
    })
    const why = [
      'a.service: 9.6 UNSAFE, nothing is safe to add: `ExecStart=` runs the script `/opt/x/run.sh`, which is not in sight',
      'b.service: 9.6 UNSAFE, nothing is safe to add: `ExecStart=` lets a user in, who runs what they like',
      '',
      '',
    ].join('\n')
    const total =
      '✔ no errors, no warnings · 3 units for systemd 252 and later; worst exposure 9.6 UNSAFE (a.service)\n'
    const stdout = `${why}${total}`
    expect(await cli(['--no-config', '.'], {cwd})).toEqual({status: 0, stdout, stderr: ''})
    expect((await cli(['--no-config', '--preset', 'verify', '.'], {cwd})).stdout).toBe(total)
    expect((await cli(['--no-config', '--quiet', '.'], {cwd})).stdout).toBe('')
    const fixed = await cli(['--no-config', '--fix', '.'], {cwd})
    expect(fixed.stdout).toContain(why.trimEnd())
    expect(readFileSync(path.join(cwd, 'a.service'), 'utf8')).toBe(
      '[Service]\nExecStart=/opt/x/run.sh\n',
    )
  })

  it('says so in one line of many units', async () => {
    const shell = '[Service]\nExecStart=/bin/bash\n'
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.service`)
    const cwd = makeFolder(Object.fromEntries(names.map((name) => [name, shell])))
    const {stdout} = await cli(['--no-config', '.'], {cwd})
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      '6 units more are UNSAFE, with nothing that is safe to add: name one to see why',
      '',
    ])
  })

  it('writes what a unit says so that a terminal obeys none of it', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/bin/sh /opt/\u001B[31mx/run.sh\n',
    })
    const {stdout} = await cli(['--no-config', '.'], {cwd})
    expect(stdout).toContain('nothing is safe to add: `ExecStart=` runs the script')
    expect(stdout).not.toContain('\u001B')
  })
})

describe('who vouches for a fix', () => {
  it('is told beside it', async () => {
    const cwd = makeFolder({'a.service': '[Service]\nExecStart=/usr/bin/gitea web\nUser=gitea\n'})
    const [file] = await json(cwd, '--preset', 'hardened', '.')
    const {fix} = file?.messages.find(({ruleId}) => ruleId === 'memory-deny-write-execute') ?? {}
    expect([fix?.title, fix?.applicability]).toEqual([
      expect.stringMatching(
        /^Set `MemoryDenyWriteExecute=yes`; attested: [\w ./-]+ runs? `gitea` so$/,
      ),
      'safe',
    ])
  })
})

describe('--preset hardened', () => {
  it('warns of what `--fix` mends, and is clean then', async () => {
    const cwd = makeFolder({
      'a.service': service,
      'b.service': '[Service]\nExecStart=/usr/bin/node /usr/lib/a/a.js\nUser=web\n',
    })
    const before = await json(cwd, '--preset', 'hardened', '.')
    expect(before).toHaveLength(2)
    for (const {messages} of before) {
      expect(messages.length).toBeGreaterThan(gentle)
      expect(
        messages.every(({severity, fix}) => severity === 1 && fix?.applicability === 'safe'),
      ).toBe(true)
    }
    await cli(['--no-config', '--preset', 'hardened', '--fix', '.'], {cwd})
    expect(
      (await json(cwd, '--preset', 'hardened', '.')).flatMap(({messages}) => messages),
    ).toEqual([])
  })
})

describe('--fix-only', () => {
  const fixed = async (text: string, ...argv: readonly string[]): Promise<string> => {
    const cwd = makeFolder({'a.service': text})
    await cli(['--no-config', '--fix', ...argv, '.'], {cwd})
    return readFileSync(path.join(cwd, 'a.service'), 'utf8')
  }

  it('errors: fixes errors alone', async () => {
    expect(await fixed(misplaced, '--fix-only', 'errors')).toBe(
      `[Unit]\n${service}Restart=always\n`,
    )
  })

  it('says of the rest only how much it is', async () => {
    const cwd = makeFolder({'a.service': service})
    const {stderr} = await cli(['--no-config', '--diff', '--fix-only', 'errors', '.'], {cwd})
    expect(stderr).toMatch(
      /^a\.service: 18 options more with --fix · --preset hardened lists them\n\n✔ no errors, no warnings · 1 unit /,
    )
    // What is not fixed is told by its safe fixes, whatever the rest is fixed by.
    const unsafe = await cli(
      ['--no-config', '--diff', '--unsafe-fixes', '--fix-only', 'errors', '.'],
      {cwd},
    )
    expect(unsafe.stderr).toBe(stderr)
  })

  it('rules: fixes what these find alone', async () => {
    expect(await fixed(misplaced, '--fix-only', 'lock-personality')).toBe(
      `${misplaced}LockPersonality=yes\n`,
    )
    const both = `[Unit]\n${service}LockPersonality=yes\nRestart=always\n`
    for (const separator of [',', ', '])
      expect(
        await fixed(misplaced, '--fix-only', `lock-personality${separator}no-misplaced-directive`),
      ).toBe(both)
    expect(
      await fixed(
        misplaced,
        '--fix-only',
        'lock-personality',
        '--fix-only',
        'no-misplaced-directive',
      ),
    ).toBe(both)
  })

  it.each([
    [
      ['--fix', '--fix-only', 'private-tmpp'],
      '--fix-only: Unexpected rule `private-tmpp`, did you mean `private-tmp`?\n',
    ],
    [
      ['--fix', '--fix-only', 'errors, private-tmp'],
      '--fix-only: Unexpected `errors` beside rules, expected one or the other\n',
    ],
    [
      ['--fix-only', 'errors'],
      'unitlint: Unexpected `--fix-only` alone, expected `--fix` or `--diff` with it\n',
    ],
  ])('is refused where it makes no sense: %j', async (argv, stderr) => {
    const cwd = makeFolder({'a.service': service})
    expect(await cli(['--no-config', ...argv, '.'], {cwd})).toEqual({status: 2, stdout: '', stderr})
  })

  it('knows the rules of plugins', async () => {
    const cwd = makeFolder({...acme, 'a.service': `[Unit]\nDescription=TODO x\n${service}`})
    const {status, stderr} = await cli(['--fix', '--fix-only', 'acme/no-tood', '.'], {cwd})
    expect([status, stderr]).toEqual([
      2,
      '--fix-only: Unexpected rule `acme/no-tood`, did you mean `acme/no-todo`?\n',
    ])
    await cli(['--fix', '--fix-only', 'acme/no-todo', '.'], {cwd})
    expect(readFileSync(path.join(cwd, 'a.service'), 'utf8')).toBe(
      `[Unit]\nDescription=x\n${service}`,
    )
  })
})

describe('a config', () => {
  const told = async (config: object): Promise<readonly (readonly [string, number])[]> => {
    const cwd = makeFolder({
      'a.service': '[Service]\nExecStart=/usr/bin/unheard-of\n',
      'unitlint.config.json': JSON.stringify(config),
    })
    const {stdout} = await cli(['-f', 'json', '.'], {cwd})
    // As our own schema has it.
    return (JSON.parse(stdout) as Json[]).flatMap(({messages}) =>
      messages.map(({ruleId, severity}) => [ruleId, severity] as const),
    )
  }

  it('may have rules be information', async () => {
    expect(await told({extends: [], rules: {'private-tmp': 'info', umask: ['info', {}]}})).toEqual([
      ['private-tmp', 0],
      ['umask', 0],
    ])
  })

  it('may have rules told only where `--fix` mends what they find', async () => {
    expect(
      await told({
        extends: [],
        rules: {'private-tmp': 'warn', umask: 'warn'},
        safeOnly: ['private-tmp', 'umask'],
      }),
    ).toEqual([['private-tmp', 1]])
  })

  it('that sets such a rule without a word of that has it told always', async () => {
    const base = await told({extends: 'hardened'})
    expect(base.map(([id]) => id)).not.toContain('umask')
    expect(await told({extends: 'hardened', rules: {umask: 'error'}})).toContainEqual(['umask', 2])
  })

  it.each([
    [
      {extends: [], rules: {umask: 'warn'}, safeOnly: ['umaks']},
      'unitlint.config.json: safeOnly[0]: Unexpected rule `umaks`, did you mean `umask`?\n',
    ],
    [
      {extends: [], rules: {umask: 'loud'}},
      expect.stringContaining('expected `off`, `info`, `warn`'),
    ],
  ])('says where it is wrong: %j', async (config, stderr) => {
    const cwd = makeFolder({'a.service': service, 'unitlint.config.json': JSON.stringify(config)})
    const ran = await cli(['.'], {cwd})
    expect([ran.status, ran.stderr]).toEqual([2, stderr])
  })
})
