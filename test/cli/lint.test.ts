import {execFileSync} from 'node:child_process'
import {chmodSync, readFileSync, statSync, symlinkSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {acme, described} from './acme.ts'
import {cli} from './cli.ts'
import type {World} from './cli.ts'

/**
 * The findings of a run as `path:line:column rule severity`, in order, and its status and standard
 * error.
 */
async function lint(
  argv: readonly string[],
  world: World,
): Promise<{status: number; stderr: string; found: string[]}> {
  const {status, stdout, stderr} = await cli([...argv, '--format', 'json'], world)
  const entries = JSON.parse(stdout) as Array<{
    filePath: string
    messages: Array<{ruleId: string; severity: number; line: number; column: number}>
  }>
  return {
    status,
    stderr,
    found: entries.flatMap(({filePath, messages}) =>
      messages.map(
        ({ruleId, severity, line, column}) =>
          `${filePath.replace(`${world.cwd}/`, '')}:${line}:${column} ${ruleId} ${severity}`,
      ),
    ),
  }
}

describe('exit status', () => {
  it.each([
    ['nothing found', 'fine', [], 0],
    ['an error', 'TODO', [], 1],
    ['a warning', 'DRAFT', [], 0],
    ['a warning too many', 'DRAFT', ['--max-warnings', '0'], 1],
    ['just as many warnings', 'DRAFT', ['--max-warnings', '1'], 0],
    ['a warning that is not shown', 'DRAFT', ['--quiet', '--max-warnings', '0'], 1],
    ['an error made a warning', 'TODO', ['--rule', 'acme/no-todo: warn'], 0],
    ['an error turned off', 'TODO', ['--rule', 'acme/no-todo: off'], 0],
    ['a warning made an error', 'DRAFT', ['--rule', 'acme/no-draft: [2, {}]'], 1],
    ['an error that is fixed', 'TODO', ['--fix'], 0],
    ['an error that is not to be fixed', 'TODO careful', ['--fix'], 1],
    ['an error that is fixed unsafely', 'TODO careful', ['--fix', '--unsafe-fixes'], 0],
    ['an error that could be fixed', 'TODO', ['--diff'], 1],
    ['a warning that could be fixed', 'DRAFT', ['--diff'], 0],
    ['a warning too many that could be fixed', 'DRAFT', ['--diff', '--max-warnings', '0'], 1],
    ['nothing to fix', 'fine', ['--diff'], 0],
    ['a rule that crashes', 'fine', ['--rule', 'acme/crash: warn'], 2],
    ['a rule that crashes beside an error', 'TODO', ['--rule', 'acme/crash: warn'], 2],
    ['an error and a file that is not there', 'TODO', ['nope.service'], 2],
  ])('%s', async (_name, description, argv, status) => {
    const cwd = makeFolder({...acme, 'a.service': described(description)})
    expect((await cli(['a.service', ...argv], {cwd})).status).toBe(status)
  })

  it('says how many warnings are too many', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('DRAFT'),
      'b.service': described('DRAFT'),
    })
    expect((await cli(['--max-warnings', '1'], {cwd})).stderr).toBe(
      'unitlint: 2 warnings, expected at most 1\n',
    )
    expect((await cli(['a.service', '--max-warnings=0'], {cwd})).stderr).toBe(
      'unitlint: 1 warning, expected at most 0\n',
    )
  })
})

describe('a config', () => {
  const unit = '[Service]\nExecStart=/bin/true\nNice=x\n'

  it.each(['cjs', 'cts'])('may be a module of CommonJS: .%s', async (extension) => {
    const text = 'module.exports = {rules: {"no-invalid-value": "off"}}'
    const cwd = makeFolder({'a.service': unit, [`unitlint.config.${extension}`]: text})
    expect(await cli(['a.service', '-f', 'compact'], {cwd})).toMatchObject({status: 0, stderr: ''})
  })

  it.each(['.unitlintrc.json', '.unitlintrc', 'unitlint.config.yaml', 'unitlint.json'])(
    'of another name is told of: %s',
    async (name) => {
      const cwd = makeFolder({'a.service': unit, 'sub/b.service': unit, [name]: '{}'})
      const told = `${cwd}/${name}: Not read, expected a name such as \`unitlint.config.json\`\n`
      for (const folder of [cwd, `${cwd}/sub`])
        expect((await cli(['.'], {cwd: folder})).stderr).toBe(told)
      expect((await cli(['.', '--no-config'], {cwd})).stderr).toBe('')
    },
  )

  it('has what other tools have in a file of its own, which is told of', async () => {
    const cwd = makeFolder({'a.service': unit, 'sub/b.service': unit, '.unitlintignore': '*'})
    const told = `${cwd}/.unitlintignore: Not read, expected \`ignores\` in a config\n`
    for (const folder of [cwd, `${cwd}/sub`])
      expect((await cli(['.'], {cwd: folder})).stderr).toBe(told)
    expect((await cli(['.', '--no-config'], {cwd})).stderr).toBe('')
  })

  it('is not looked for in a script that is called after us', async () => {
    const cwd = makeFolder({'a.service': unit, 'unitlint.js': 'export const rules = {}'})
    expect((await cli(['.'], {cwd})).stderr).toBe('')
  })
})

describe('what is linted', () => {
  it('is the current folder, by default', async () => {
    const cwd = makeFolder({
      ...acme,
      'b.service': described('TODO'),
      'x/a.timer': '[Unit]\nDescription=TODO\n',
      'x/readme.md': 'TODO',
    })
    expect(await lint([], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['b.service:2:1 acme/no-todo 2', 'x/a.timer:2:1 acme/no-todo 2'],
    })
    expect(await lint(['**/*.timer'], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['x/a.timer:2:1 acme/no-todo 2'],
    })
    expect(await lint([`${cwd}/x`], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['x/a.timer:2:1 acme/no-todo 2'],
    })
  })

  it('is a unit with its drop-ins, each reported for itself', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'a.service.d/1.conf': '\n\n[Unit]\nDescription=TODO\n',
      'b.service.d/1.conf': '[Unit]\nDescription=DRAFT\n',
    })
    expect((await lint(['a.service'], {cwd})).found).toEqual([
      'a.service:2:1 acme/no-todo 2',
      'a.service.d/1.conf:4:1 acme/no-todo 2',
    ])
    expect((await lint(['.'], {cwd})).found).toEqual([
      'a.service:2:1 acme/no-todo 2',
      'a.service.d/1.conf:4:1 acme/no-todo 2',
      'b.service.d/1.conf:2:1 acme/no-draft 1',
    ])
    expect((await lint(['a.service.d/1.conf'], {cwd})).found).toEqual([
      'a.service.d/1.conf:4:1 acme/no-todo 2',
    ])
  })

  it('is not what only looks like a unit, unless that is named', async () => {
    const bus = '[D-BUS Service]\nName=org.example\nExec=/bin/false\n'
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'org.example.service': bus,
      'x/y.service': '<?xml version="1.0"?>\n',
    })
    expect(await lint([], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['a.service:2:1 acme/no-todo 2'],
    })
    expect(await lint(['*.service'], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['a.service:2:1 acme/no-todo 2'],
    })
    expect(await lint(['org.example.service'], {cwd})).toMatchObject({
      status: 0,
      stderr:
        'org.example.service: Looks like a D-Bus service file, read as a unit because it was named\n',
    })
    expect(await lint(['x'], {cwd})).toMatchObject({
      status: 2,
      stderr: 'unitlint: No units: all files found are ignored, or are something else\n',
    })
  })

  it('is not what the config ignores', async () => {
    const config = {
      ...(JSON.parse(acme['unitlint.config.json'] ?? '') as object),
      ignores: ['vendor', 'a.service.d'],
    }
    const cwd = makeFolder({
      ...acme,
      'unitlint.config.json': JSON.stringify(config),
      'a.service': described('TODO'),
      'a.service.d/1.conf': '[Unit]\nDescription=TODO\n',
      'vendor/b.service': described('TODO'),
    })
    expect(await lint([], {cwd})).toEqual({
      status: 1,
      stderr: '',
      found: ['a.service:2:1 acme/no-todo 2'],
    })
    expect(await lint(['vendor/b.service'], {cwd})).toEqual({
      status: 0,
      stderr: 'vendor/b.service: Ignored, as its config says\n',
      found: [],
    })
    expect(await lint(['vendor'], {cwd})).toEqual({
      status: 2,
      stderr: 'unitlint: No units: all files found are ignored, or are something else\n',
      found: [],
    })
  })

  it('takes the rest when some of it is no good, a line each', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'dangling.service': {link: 'nowhere.service'},
      'empty/readme.md': '',
      'spoilt/unitlint.config.json': '{',
      'spoilt/b.service': '',
      'spoilt/c.service': '',
      'folder.service/readme.md': '',
    })
    execFileSync('mkfifo', [`${cwd}/pipe.service`])
    symlinkSync('/dev/full', `${cwd}/device.service`)
    const {status, stderr, found} = await lint(
      ['.', 'empty', 'folder.service', 'gone.service', '*.nope', 'acme.mjs'],
      {cwd},
    )
    expect([status, found]).toEqual([2, ['a.service:2:1 acme/no-todo 2']])
    expect(stderr.split('\n').toSorted()).toEqual([
      '',
      '*.nope: No unit file matches this glob',
      'acme.mjs: Unexpected file name, expected a unit (.service, .socket, .mount, .automount, .swap, .timer, .path, .slice, .scope, .target, .device, .container, .volume, .network, .kube, .image, .build, .artifact, .pod) or a drop-in (`NAME.service.d/NAME.conf`)',
      'dangling.service: No such file',
      'device.service: Not a regular file',
      'empty: No unit files in this folder',
      'folder.service: No unit files in this folder',
      'gone.service: No such file or folder',
      'pipe.service: Not a regular file',
      stderr.split('\n').find((line) => line.startsWith('spoilt/unitlint.config.json: ')),
    ])
  })

  it('is standard input, under a name', async () => {
    const cwd = makeFolder({
      ...acme,
      'x/a.timer.d/1.conf': '[Unit]\nDescription=DRAFT\n',
      'y/unitlint.config.json': '{"extends": []}',
    })
    expect((await lint(['--stdin'], {cwd, stdin: described('TODO')})).found).toEqual([
      'stdin.service:2:1 acme/no-todo 2',
    ])
    expect(
      (await lint(['--stdin', '--stdin-filename', 'x/a.timer'], {cwd, stdin: described('TODO')}))
        .found,
    ).toEqual(['x/a.timer:2:1 acme/no-todo 2', 'x/a.timer.d/1.conf:2:1 acme/no-draft 1'])
    expect(
      await lint(['--stdin', '--stdin-filename', 'y/a.service'], {cwd, stdin: described('TODO')}),
    ).toEqual({status: 0, stderr: '', found: []})
    expect(await cli(['--stdin', '--stdin-filename', 'a.txt'], {cwd})).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--stdin-filename: Unexpected file name/),
    })
  })
})

describe('--fix', () => {
  it('writes what changed, and nothing else', async () => {
    const fine = described('fine')
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO a'),
      'b.service': fine,
      'real/c.service': described('DRAFT c'),
      'c.service': {link: 'real/c.service'},
      'a.service.d/1.conf': '[Unit]\r\nDescription=TODO b\r\n',
    })
    chmodSync(`${cwd}/a.service`, 0o640)
    const before = statSync(`${cwd}/b.service`)
    expect(await lint(['--fix', 'a.service', 'b.service', 'c.service'], {cwd})).toEqual({
      status: 0,
      stderr: '',
      found: [],
    })
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(described('a'))
    expect(readFileSync(`${cwd}/a.service.d/1.conf`, 'utf8')).toBe('[Unit]\r\nDescription=b\r\n')
    expect(readFileSync(`${cwd}/real/c.service`, 'utf8')).toBe(described('c'))
    expect(statSync(`${cwd}/a.service`).mode & 0o777).toBe(0o640)
    const after = statSync(`${cwd}/b.service`)
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  it('keeps bytes that are no text', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('[Unit]\nDescription=TODO x\n# '),
      Buffer.from([0xff, 0xc3, 0x0a]),
    ])
    const cwd = makeFolder({...acme, 'a.service': bytes})
    expect((await cli(['--fix'], {cwd})).status).toBe(0)
    expect(readFileSync(`${cwd}/a.service`)).toEqual(
      Buffer.from(bytes.toString('latin1').replace('TODO ', ''), 'latin1'),
    )
  })

  it('reports what could not be written as it is', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'b.service': described('TODO'),
    })
    chmodSync(`${cwd}/a.service`, 0o444)
    expect(await lint(['--fix'], {cwd})).toEqual({
      status: 2,
      stderr: 'a.service: Not written: the file is read-only\n',
      found: ['a.service:2:1 acme/no-todo 2'],
    })
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(described('TODO'))
    expect(readFileSync(`${cwd}/b.service`, 'utf8')).toBe(described(''))
  })

  it('writes standard input to standard output, and the report beside it', async () => {
    const cwd = makeFolder({...acme, 'a.service.d/1.conf': '[Unit]\nDescription=TODO\n'})
    const fixed = await cli(
      ['--stdin', '--fix', '--stdin-filename', 'a.service', '--format', 'json'],
      {cwd, stdin: described('TODO x')},
    )
    expect([fixed.status, fixed.stdout]).toEqual([1, described('x')])
    // The drop-in did not come from standard input: its problem is still there.
    expect(JSON.parse(fixed.stderr)).toMatchObject([
      {messages: []},
      {messages: [{ruleId: 'acme/no-todo'}]},
    ])
    expect(readFileSync(`${cwd}/a.service.d/1.conf`, 'utf8')).toBe('[Unit]\nDescription=TODO\n')
    const fine = await cli(['--stdin', '--fix'], {cwd, stdin: described('fine')})
    expect([fine.status, fine.stdout]).toEqual([0, described('fine')])
  })
})

describe('--diff', () => {
  it('prints a patch and writes nothing', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO a'),
      'x/b.service': described('TODO careful').replace(/\n$/, ''),
      'c.service': described('fine'),
    })
    const {stdout, status} = await cli(['--diff', '--unsafe-fixes'], {cwd})
    expect(status).toBe(1)
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(described('TODO a'))
    expect(stdout).toBe(
      '--- a/a.service\n+++ b/a.service\n@@ -1,5 +1,5 @@\n [Unit]\n-Description=TODO a\n+Description=a\n \n [Service]\n ExecStart=/usr/bin/example\n' +
        '--- a/x/b.service\n+++ b/x/b.service\n@@ -1,5 +1,5 @@\n [Unit]\n-Description=TODO careful\n+Description=careful\n \n [Service]\n ExecStart=/usr/bin/example\n\\ No newline at end of file\n',
    )
    execFileSync('patch', ['-p1', '--quiet'], {cwd, input: stdout})
    expect(readFileSync(`${cwd}/x/b.service`, 'utf8')).toBe(described('careful').replace(/\n$/, ''))
  })

  it('reports beside it what fixes would leave', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': described('TODO'),
      'b.service': described('TODO careful'),
    })
    const {stderr, status} = await cli(['--diff', '--format', 'json'], {cwd})
    expect(status).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject([
      {messages: []},
      {messages: [{ruleId: 'acme/no-todo'}]},
    ])
  })

  it('shows control characters to people, and gives programs the bytes', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service': Buffer.from(`# \u00FF\n${described('TODO \u001B[31m\tx')}`, 'latin1'),
    })
    expect((await cli(['--diff'], {cwd, isTTY: true, env: {NO_COLOR: '1'}})).stdout).toMatch(
      /^ # \\u\{dcff\}\n[^]*^\+Description=\\x1b\[31m\tx\n/m,
    )
    expect((await cli(['--diff'], {cwd})).stdout).toMatch(
      /^ # \uFFFD\n[^]*^\+Description=\u001B\[31m\tx\n/m,
    )
  })
})

describe('the report', () => {
  it('goes to a file', async () => {
    const cwd = makeFolder({...acme, 'a.service': described('TODO')})
    expect(await cli(['-f', 'json', '-o', 'out/report.json'], {cwd})).toEqual({
      status: 1,
      stdout: '',
      stderr: '',
    })
    expect(JSON.parse(readFileSync(`${cwd}/out/report.json`, 'utf8'))).toMatchObject([
      {messages: [{ruleId: 'acme/no-todo'}], errorCount: 1},
    ])
    expect(await cli(['-o', '/proc/nope/x'], {cwd})).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--output-file: \/proc\/nope\/x: /),
    })
  })

  it.each([
    [{isTTY: true}, [], true],
    [{isTTY: false}, [], false],
    [{isTTY: true, env: {NO_COLOR: '1'}}, [], false],
    [{isTTY: true, env: {NO_COLOR: ''}}, [], true],
    [{isTTY: true, env: {TERM: 'dumb'}}, [], false],
    [{isTTY: false, env: {FORCE_COLOR: '1'}}, [], true],
    [{isTTY: true, env: {FORCE_COLOR: '0'}}, [], false],
    [{isTTY: false, env: {NO_COLOR: '1'}}, ['--color'], true],
    [{isTTY: true, env: {FORCE_COLOR: '1'}}, ['--no-color'], false],
    [{isTTY: true}, ['-o', 'report'], false],
  ])('is coloured for %j with %j: %j', async (world, argv, colored) => {
    const cwd = makeFolder({...acme, 'a.service': described('TODO')})
    const {stdout} = await cli(argv, {cwd, ...world})
    expect((stdout || readFileSync(`${cwd}/report`, 'utf8')).includes('\u001B[')).toBe(colored)
  })

  it('never lets names move the cursor', async () => {
    const cwd = makeFolder({
      ...acme,
      'a\u001B]0;x\u0007\u202E.service': described('TODO'),
      '\u001B[2J/readme': '',
    })
    for (const format of ['stylish', 'compact', 'json', 'github', 'sarif']) {
      const {stdout, stderr} = await cli(
        ['.', '\u001B[2J', '\u001B[3J.service', '--format', format],
        {cwd},
      )
      expect(stdout + stderr, format).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
      if (!['json', 'sarif'].includes(format)) expect(stdout, format).not.toContain('\u202E')
    }
  })

  it('is not on the way of comments that turn rules off, unless told so', async () => {
    const cwd = makeFolder({
      ...acme,
      'a.service':
        '[Unit]\n# unitlint-disable-next-line acme/no-todo -- later\nDescription=TODO\n# unitlint-disable-next-line acme/no-todo -- nothing here\nAfter=a.service\n',
    })
    expect((await lint([], {cwd})).found).toEqual([])
    expect((await lint(['--no-inline-config'], {cwd})).found).toEqual([
      'a.service:3:1 acme/no-todo 2',
    ])
    const unused = await lint(['--report-unused-disables'], {cwd})
    expect([unused.status, unused.found]).toEqual([
      1,
      [expect.stringMatching(/^a\.service:4:1 .* 2$/)],
    ])
  })
})

it('shows progress on terminals only, and clears it', async () => {
  const cwd = makeFolder({
    ...acme,
    ...Object.fromEntries(
      Array.from({length: 6}, (_, index) => [`${index}.service`, described('fine')]),
    ),
  })
  // It looks at the clock at the start and after each unit.
  const at = (...moments: number[]) => ({
    cwd,
    isTTY: true,
    now: () => moments.shift() ?? Number.NaN,
  })
  expect((await cli([], at(0, 200, 499, 500, 599, 600, 900))).stderr).toBe(
    '\r3 of 6 units\r5 of 6 units\r6 of 6 units\r\u001B[K',
  )
  expect((await cli([], at(0, 1, 2, 3, 4, 5, 499))).stderr).toBe('')
  expect((await cli([], {cwd, now: () => Number.NaN})).stderr).toBe('')
})

it('--timing says on standard error what took how long, and changes nothing else', async () => {
  const cwd = makeFolder({'a.service': described('TODO'), 'b.service': described('fine'), ...acme})
  const plain = await cli(['.', '--format', 'json'], {cwd})
  let now = 0
  const timed = await cli(['.', '--format', 'json', '--timing'], {cwd, now: () => (now += 1)})
  expect([timed.status, timed.stdout, plain.stderr]).toEqual([plain.status, plain.stdout, ''])
  const rows = timed.stderr.split('\n').map((line) => line.trim().split(/ {2,}/))
  const callsOf = (name: string): string | undefined => rows.find(([first]) => first === name)?.[1]
  const stages = ['read', 'parse', 'load', 'reading', 'needs', 'exposure', 'messages', 'report']
  expect(stages.map((name) => [name, callsOf(name)])).toEqual([
    // They are found, each of the two is read, and then there is no other.
    ['read', '4'],
    ...['parse', 'load', 'reading', 'needs', 'exposure', 'messages'].map((name) => [name, '2']),
    ['report', '3'],
  ])
  // What it finds is asked by the newest systemd too.
  expect(callsOf('acme/no-todo')).toBe('3')
  const shares = rows.filter(
    ([, calls, , share]) => /^\d+$/.test(calls ?? '') && share !== undefined,
  )
  const ofStages = shares.slice(
    0,
    shares.findIndex(([name]) => name?.includes('/')),
  )
  expect(ofStages.reduce((sum, [, , , share]) => sum + Number(share), 0)).toBeCloseTo(100, 0)
})
